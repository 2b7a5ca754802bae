// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/json.h"
#include "core/diagnosis/subjects_p.h"
#include "core/diagnosis/variables_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Every text in a vendor's object, with the names it stands under.
template <typename Visit>
void forTexts(const json::Value& value, const QString& key, const QString& above, const Visit& visit)
{
    if (value.isString())
        return visit(value, key, above);
    for (json::Value child = value.first(); child; child = child.next())
        forTexts(child, value.isArray() ? key : child.keyText(), value.isArray() ? above : key, visit);
}

} // namespace

QString subjectInExpression(const QString& expression)
{
    static const QRegularExpression matches(u"\\[['\"]sub['\"]\\]\\s*matches\\s*'([^']*)'"_s);
    static const QRegularExpression startsWith(u"assertion\\.sub\\.startsWith\\(['\"]([^'\"]*)['\"]\\)"_s);
    if (const auto match = matches.match(expression); match.hasMatch())
        return match.captured(1);
    const auto begins = startsWith.match(expression);
    return begins.hasMatch() ? QString(begins.captured(1) + u'*') : QString();
}

QList<Subject> policySubjects(const Case& c)
{
    QList<Subject> found;
    forFiles(c, {FileKind::Policy}, [&](const ReadFile& file) {
        const json::Document document = json::Document::read(file.file.text);
        forTexts(document.root(), {}, {}, [&](const json::Value& value, const QString& key, const QString& above) {
            const bool pattern = (key.endsWith(u":sub"_s) && above == u"StringLike") || key == u"subject_prefix";
            const bool expression = key == u"attributeCondition" || above == u"claimsMatchingExpression";
            const QString subject = pattern ? value.text() : expression ? subjectInExpression(value.text()) : QString();
            if (!subject.isEmpty())
                found.append({subject, placeInFile(file.file.path, int(value.position().line), key)});
        });
    });
    return found;
}

QList<Subject> policyIssuers(const Case& c)
{
    QList<Subject> found;
    forFiles(c, {FileKind::Policy}, [&](const ReadFile& file) {
        const json::Document document = json::Document::read(file.file.text);
        forTexts(document.root(), {}, {}, [&](const json::Value& value, const QString& key, const QString&) {
            if (key == u"issuer" || key == u"issuer_url" || key == u"issuerUri")
                found.append({value.text(), placeInFile(file.file.path, int(value.position().line), key)});
        });
    });
    return found;
}

} // namespace diagnosis
