// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "exports.h"

#include "app/pdfreport.h"
#include "core/report/forms.h"
#include "core/report/svg.h"
#include "core/setup/atomicfile.h"
#include "ui/graph/chainpicture.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QByteArray png(const json::Value& run, base::Instant) { return chainPng(report::chainSvg(run)); }
QByteArray pdf(const json::Value& run, base::Instant) { return pdfReport(run); }
QByteArray drawing(const json::Value& run, base::Instant) { return chainPdf(report::chainSvg(run), u"Chain of trust: "_s + run["flow"].text()); }

/// The forms of the command line in its order, with the pictures beside the drawing they are made of.
QList<report::Form> forms()
{
    QList<report::Form> all;
    for (const report::Form& form : report::forms()) {
        all.append(form);
        if (form.name == "html"_L1)
            all += {{"pdf"_L1, "pdf"_L1, "Report as PDF"_L1, pdf}};
        if (form.name == "svg"_L1)
            all += {{"png"_L1, "png"_L1, "Chain as PNG"_L1, png}, {"chain-pdf"_L1, "chain.pdf"_L1, "Chain as PDF"_L1, drawing}};
    }
    return all;
}

QString filterOf(const report::Form& form) { return u"%1 (*.%2)"_s.arg(form.title, form.suffix); }

/// By the longest ending that fits: a bundle's name ends with that of JSON too.
report::Form formFor(const QString& file, const QString& filter)
{
    QList<report::Form> all = forms();
    const auto chosen = std::ranges::find_if(all, [&](const report::Form& f) { return filterOf(f) == filter; });
    const report::Form byFilter = chosen == all.end() ? all.front() : *chosen;
    std::ranges::stable_sort(all, std::ranges::greater {}, [](const report::Form& f) { return f.suffix.size(); });
    const auto named = std::ranges::find_if(
        all, [&](const report::Form& f) { return file.endsWith(QString(u'.' + QString(f.suffix)), Qt::CaseInsensitive); });
    return named == all.end() ? byFilter : *named;
}

} // namespace

QString exportFilters()
{
    QStringList filters;
    for (const report::Form& form : forms())
        filters.append(filterOf(form));
    return filters.join(u";;"_s);
}

QString exportSuffix(const QString& filter)
{
    return filter.section(u"*."_s, -1).chopped(1);
}

base::Result<void> exportRun(const QByteArray& run, const QString& file, const QString& filter)
{
    const json::Document document = json::Document::read(run);
    const report::Form form = formFor(file, filter);
    const QByteArray bytes = form.write(document.root(), base::systemNow());
    if (bytes.isEmpty())
        return base::fail(u"export-empty"_s, u"There is nothing to write as %1: the run has no step yet."_s.arg(form.title), file);
    return setup::writeAtomically(file, bytes, u"write-failed"_s);
}

QString safeFileName(const QString& text)
{
    static const QRegularExpression unsafe(u"[^A-Za-z0-9._-]+"_s);
    // Device names that Windows keeps for itself, whatever suffix they have.
    static const QRegularExpression reserved(u"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)"_s, QRegularExpression::CaseInsensitiveOption);
    QString name = QString(text).replace(unsafe, u"-"_s).left(100);
    while (name.startsWith(u'.') || name.startsWith(u'-'))
        name.remove(0, 1);
    if (name.isEmpty() || reserved.match(name).hasMatch())
        name.prepend(u"run-"_s);
    return name;
}

} // namespace app
