// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "exports.h"

#include "app/pdfreport.h"
#include "core/report/forms.h"
#include "core/report/inventory.h"
#include "core/report/review.h"
#include "core/report/svg.h"
#include "core/setup/atomicfile.h"
#include "ui/graph/chainpicture.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace app {

using namespace Qt::StringLiterals;

namespace {

/// Like report::Form, of more than the run.
struct Form
{
    QLatin1StringView suffix;
    QLatin1StringView title;
    std::function<QByteArray(const json::Value& run, const DesignSubject& design)> write;
};

QByteArray png(const json::Value& run, const DesignSubject&) { return chainPng(report::chainSvg(run)); }
QByteArray pdf(const json::Value& run, const DesignSubject&) { return pdfReport(run); }
QByteArray drawing(const json::Value& run, const DesignSubject&) { return chainPdf(report::chainSvg(run), u"Chain of trust: "_s + run["flow"].text()); }
QByteArray inventory(const json::Value&, const DesignSubject& of) { return of.setup.id.isEmpty() ? QByteArray() : report::inventoryHtml(of.setup, diagnosis::inventory(of.material())); }
QByteArray review(const json::Value&, const DesignSubject& of)
{
    return of.setup.id.isEmpty() ? QByteArray() : report::reviewHtml({of.setup.id, of.setup.title, base::toRfc3339(of.now), of.withRun, diagnosis::review(of.material())});
}

/// The forms of the command line in its order, with the pictures beside the drawing they are made of; then what is said of the setup.
QList<Form> forms()
{
    QList<Form> all;
    for (const report::Form& form : report::forms()) {
        all.append({form.suffix, form.title, [write = form.write](const json::Value& run, const DesignSubject&) { return write(run, base::systemNow()); }});
        if (form.name == "html"_L1)
            all.append({"pdf"_L1, "Report as PDF"_L1, pdf});
        if (form.name == "svg"_L1)
            all += {Form {"png"_L1, "Chain as PNG"_L1, png}, Form {"chain.pdf"_L1, "Chain as PDF"_L1, drawing}};
    }
    all += {Form {"inventory.html"_L1, "Inventory of agents"_L1, inventory}, Form {"review.html"_L1, "Design review"_L1, review}};
    return all;
}

QString filterOf(const Form& form) { return u"%1 (*.%2)"_s.arg(form.title, form.suffix); }

/// By the longest ending that fits: a bundle's name ends with that of JSON too.
Form formFor(const QString& file, const QString& filter)
{
    QList<Form> all = forms();
    const auto chosen = std::ranges::find_if(all, [&](const Form& f) { return filterOf(f) == filter; });
    const Form byFilter = chosen == all.end() ? all.front() : *chosen;
    std::ranges::stable_sort(all, std::ranges::greater {}, [](const Form& f) { return f.suffix.size(); });
    const auto named = std::ranges::find_if(
        all, [&](const Form& f) { return file.endsWith(QString(u'.' + QString(f.suffix)), Qt::CaseInsensitive); });
    return named == all.end() ? byFilter : *named;
}

} // namespace

QString exportFilters()
{
    QStringList filters;
    for (const Form& form : forms())
        filters.append(filterOf(form));
    return filters.join(u";;"_s);
}

QString exportSuffix(const QString& filter)
{
    return filter.section(u"*."_s, -1).chopped(1);
}

base::Result<void> exportRun(const Exportable& what, const QString& file, const QString& filter)
{
    const json::Document document = json::Document::read(what.run);
    const Form form = formFor(file, filter);
    const QByteArray bytes = form.write(document.root(), what.design);
    if (bytes.isEmpty())
        return base::fail(u"export-empty"_s, u"There is nothing to write as %1: the run has no step yet, or there is no setup."_s.arg(form.title), file);
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
