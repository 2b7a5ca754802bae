// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/json.h"
#include "core/setup/fields.h"
#include "core/setup/file.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// The schema that ships is the one the table makes, and says of each member what the table says.
class TestSchema : public QObject
{
    Q_OBJECT

private slots:
    void theShippedFileIsTheGeneratedText()
    {
        QFile file(QStringLiteral(SOURCE_DIR "/resources/schema/setup.schema.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        // To renew the file after a change of the table: TRUSTWALK_WRITE_SCHEMA=1 tst_schema
        if (qEnvironmentVariableIsSet("TRUSTWALK_WRITE_SCHEMA")) {
            file.close();
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            QCOMPARE(file.write(setup::schema()), setup::schema().size());
            return;
        }
        QCOMPARE(file.readAll(), setup::schema());
        setup::initResources();
        QFile resource(u":/schema/setup.schema.json"_s);
        QVERIFY(resource.open(QIODevice::ReadOnly));
        QCOMPARE(resource.readAll(), setup::schema());
    }

    void everyMemberIsDescribed_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("parent");
        QTest::addColumn<int>("row");
        for (size_t i = 0; i < setup::fields().size(); ++i) {
            const QString path = QString::fromLatin1(setup::fields()[i].path);
            QString pointer;
            QString parent;
            for (const QString& part : path.split(u'/').sliced(1)) {
                parent = part == u'*' ? parent : pointer;
                pointer += part == u'*' ? u"/items"_s : QString(u"/properties/"_s + part);
                if (part == u'*')
                    parent = pointer;
            }
            QTest::newRow(setup::fields()[i].path) << pointer << parent << int(i);
        }
    }
    void everyMemberIsDescribed()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, parent);
        QFETCH(int, row);
        const setup::Field& field = setup::fields()[size_t(row)];
        const json::Document schema = *json::Document::parse(setup::schema());
        const json::Value member = schema.find(pointer);
        QVERIFY(member.isObject());
        QCOMPARE(member["title"].bytes(), QByteArrayView(field.label));
        QCOMPARE(member["description"].bytes(), QByteArrayView(field.help));
        QCOMPARE(member["type"].isString(), field.required);
        bool required = false;
        for (json::Value each = schema.find(parent)["required"].first(); each; each = each.next())
            required = required || each.text() == pointer.section(u'/', -1);
        QCOMPARE(required, field.required);
        if (field.kind == setup::FieldKind::Choice)
            QCOMPARE(member["enum"].size(), QByteArray(field.choices).count('|') + (field.required ? 1 : 2));
    }

    void saysItsDraft()
    {
        const json::Document schema = *json::Document::parse(setup::schema());
        QCOMPARE(schema.root()["$schema"].text(), u"https://json-schema.org/draft/2020-12/schema"_s);
        QVERIFY(schema.problems().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
