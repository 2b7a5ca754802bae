// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/tokencontent.h"

#include <QWidget>

class Glyph;
class RunText;

/// Whether the signature holds, by which key, and where that key came from.
class TokenSignature : public QWidget
{
    Q_OBJECT
public:
    explicit TokenSignature(QWidget* parent = nullptr);
    void setFacts(const SignatureFacts& facts);

private:
    Glyph* m_glyph = nullptr;
    RunText* m_word = nullptr;
    RunText* m_source = nullptr;
    SignatureFacts m_facts {};
};
