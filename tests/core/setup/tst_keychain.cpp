// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

class TestKeychain : public QObject
{
    Q_OBJECT
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
