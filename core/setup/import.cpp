// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "import.h"

#include "core/setup/settingsjson.h"
#include "importdraft_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

using importing::Draft;

constexpr auto nothingKnown = u"This is no application, service principal, federated credential, trust policy, provider, rule, client file or settings of a sidecar.";

bool beginsAsJson(const QByteArray& bytes)
{
    const QByteArray text = plainJson(bytes).trimmed();
    return text.startsWith('{') || text.startsWith('[');
}

/// Several applications or principals in one answer of Graph: each is read as if it stood alone.
bool readJson(Draft& draft, const QString& file, const json::Value& root)
{
    for (const auto* kinds : {&importing::entraKinds, &importing::contractKinds})
        for (const importing::Kind& kind : *kinds)
            if (kind.fits(root)) {
                kind.read(importing::Source(draft, file, root));
                return true;
            }
    const json::Value list = root.isArray() ? root : root["value"];
    QList<json::Value> others;
    bool any = false;
    for (json::Value each = list.isArray() ? list.first() : json::Value(); each; each = each.next())
        if (readJson(draft, file, each))
            any = true;
        else
            others.append(each);
    const importing::Source source(draft, file, root);
    for (const json::Value& each : any ? others : QList<json::Value>())
        source.gap(each, QString::fromUtf16(nothingKnown));
    if (any)
        source.onePage();
    return any;
}

base::Result<void> readFile(Draft& draft, const ImportFile& file)
{
    bool understood = false;
    if (beginsAsJson(file.bytes)) {
        const auto document = json::Document::parse(file.bytes.startsWith("\xEF\xBB\xBF") ? file.bytes.sliced(3) : file.bytes);
        // Comments and trailing commas are in settings alone: what a vendor's API answers has none.
        if (!document && importing::readSettings(draft, file))
            return {};
        if (!document)
            return base::fail(u"import-syntax"_s, u"%1, line %2: %3"_s.arg(file.name, document.error().where, document.error().text), file.name + u':' + document.error().where);
        understood = readJson(draft, file.name, document->root());
    }
    if (!understood && !importing::readSettings(draft, file))
        draft.out.notUnderstood.append({file.name, u"/"_s,
            QString::fromUtf16(nothingKnown)});
    return {};
}

} // namespace

base::Result<Imported> importFiles(const QList<ImportFile>& files)
{
    Draft draft;
    for (const ImportFile& file : files)
        if (auto read = readFile(draft, file); !read)
            return tl::unexpected(read.error());
    if (draft.out.read.isEmpty())
        return base::fail(u"import-nothing"_s, u"Nothing in %1 was understood."_s.arg(files.isEmpty() ? QString() : files.front().name));
    draft.out.document = importing::assembled(draft);
    return std::move(draft.out);
}

QString importSummary(const Imported& imported)
{
    QString text;
    for (const ImportRead& read : imported.read)
        text += u"read            %1: %2, %3\n"_s.arg(read.file, read.kind, read.what);
    for (const ImportGap& gap : imported.notUnderstood) {
        const QString place = gap.file.isEmpty() ? gap.place : gap.place == u"/" ? gap.file : u"%1, %2"_s.arg(gap.file, gap.place);
        text += u"not understood  %1: %2\n"_s.arg(place, gap.text);
    }
    for (const ImportGap& gap : imported.madeUp)
        text += u"made up         %1\n"_s.arg(gap.text);
    return text;
}

} // namespace setup
