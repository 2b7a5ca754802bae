// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "text.h"

#include "core/base/text.h"

#include <QHash>

namespace report {

using namespace Qt::StringLiterals;

namespace {

QString mark(const QString& state)
{
    if (state == u"accepted" || state == u"pass")
        return u"[ok]"_s;
    if (state == u"refused" || state == u"fail")
        return u"[no]"_s;
    return state == u"failed" ? u"[--]"_s : u"[  ]"_s;
}

QString safe(const json::Value& value) { return base::visible(value.text()); }

QString checkText(const json::Value& check)
{
    QString out = u"         %1: presented %2\n         %3  expected  %4\n"_s.arg(safe(check["title"]), safe(check["presented"]), QString(check["title"].text().size(), u' '), safe(check["expected"]));
    if (const json::Value near = check["near"])
        out += u"         near miss (%1): %2\n"_s.arg(safe(near["kind"]), safe(near["text"]));
    if (const QString fix = safe(check["fix"]); !fix.isEmpty())
        out += u"         fix: %1 %2\n"_s.arg(fix, safe(check["fixValue"]));
    return out;
}

QString failing(const json::Value& checks)
{
    QString out;
    for (json::Value c = checks.first(); c; c = c.next())
        if (c["outcome"].text() == u"fail")
            out += checkText(c);
    return out;
}

QString stepText(const json::Value& step, int number)
{
    const QString state = step["state"].text();
    QString out = u"  %1 %2. %3  (%4 -> %5)  %6"_s.arg(mark(state)).arg(number).arg(safe(step["title"]), safe(step["from"]), safe(step["to"]), state == u"skipped" ? u"not reached"_s : state);
    if (const json::Value status = step["observed"]["status"])
        out += u", HTTP "_s + status.display();
    if (const QString code = safe(step["observed"]["code"]); !code.isEmpty())
        out += u' ' + code;
    out += u'\n';
    for (json::Value t = step["tokens"].first(); t; t = t.next())
        out += u"         %1: %2, %3\n"_s.arg(safe(t["slot"]), t["claims"].isObject() ? u"for %1, aud %2"_s.arg(safe(t["principal"]), base::visible(t["claims"]["aud"].display())) : u"opaque"_s, safe(t["fingerprint"]));
    if (const json::Value error = step["error"])
        out += u"         %1\n"_s.arg(safe(error["text"]));
    if (const QString note = safe(step["note"]); !note.isEmpty())
        out += u"         not on the wire: %1\n"_s.arg(note);
    if (state == u"refused" || state == u"failed")
        out += failing((step["truth"] ? step["truth"] : step["predicted"])["checks"]) + failing(step["clientChecks"]);
    return out;
}

QString escapedCell(QString text) { return text.replace(u'|', u"\\|"_s).replace(u'<', u"&lt;"_s).replace(u'\n', u' '); }

/// Mermaid reads neither colons nor semicolons in names.
QString mermaidText(const QString& text)
{
    QString out;
    for (const QChar c : text)
        out += c.isLetterOrNumber() || QStringView(u" -_./").contains(c) ? c : QChar(u' ');
    return out.simplified();
}

} // namespace

QString whence(const json::Value& run)
{
    const QString setup = safe(run["setupTitle"]), against = u"against the "_s + safe(run["against"]);
    return setup.isEmpty() ? against : QString(setup + u", "_s + against);
}

QString plainText(const json::Value& run)
{
    const QString setup = safe(run["setupTitle"]);
    QString out = (setup.isEmpty() ? QString() : QString(setup + u", "_s)) + u"%1, against the %2: %3\n"_s.arg(safe(run["flowTitle"]), safe(run["against"]), safe(run["result"]));
    int number = 0;
    for (json::Value step = run["steps"].first(); step; step = step.next())
        out += stepText(step, ++number);
    const json::Value chain = run["chain"];
    out += u"  root of trust: %1. %2\n"_s.arg(safe(chain["rootText"]), safe(chain["rootDetail"]));
    for (json::Value p = run["auditPrincipals"].first(); p; p = p.next())
        out += u"  audit log of %1: %2\n"_s.arg(safe(p["target"]), safe(p["principal"]));
    for (json::Value f = run["findings"].first(); f; f = f.next())
        out += u"  %1 %2: %3\n"_s.arg(safe(f["severity"]), safe(f["rule"]), safe(f["text"]));
    return out;
}

QString markdown(const json::Value& run)
{
    QString out = u"# %1\n\n%2: **%3**\n\n| step | from | to | state | answer |\n| --- | --- | --- | --- | --- |\n"_s
                      .arg(safe(run["flowTitle"]), whence(run), safe(run["result"]));
    for (json::Value step = run["steps"].first(); step; step = step.next())
        out += u"| %1 | %2 | %3 | %4 | %5 |\n"_s.arg(escapedCell(safe(step["title"])), escapedCell(safe(step["from"])), escapedCell(safe(step["to"])), safe(step["state"]), escapedCell(safe(step["observed"]["code"])));
    out += u"\nRoot of trust: %1. %2\n\n## Findings\n\n"_s.arg(safe(run["chain"]["rootText"]), safe(run["chain"]["rootDetail"]));
    for (json::Value f = run["findings"].first(); f; f = f.next())
        out += u"- **%1** `%2` %3 %4\n"_s.arg(safe(f["severity"]), safe(f["rule"]), escapedCell(safe(f["text"])), escapedCell(safe(f["fix"])));
    return out;
}

QString mermaid(const json::Value& run)
{
    QString out = u"sequenceDiagram\n"_s;
    QHash<QString, QString> ids;
    const auto idOf = [&](const QString& name) {
        if (!ids.contains(name)) {
            ids.insert(name, u"p%1"_s.arg(ids.size()));
            out += u"  participant %1 as %2\n"_s.arg(ids.value(name), mermaidText(name));
        }
        return ids.value(name);
    };
    for (json::Value step = run["steps"].first(); step; step = step.next()) {
        const QString from = idOf(step["from"].text());
        const QString to = idOf(step["to"].text());
        const QString state = step["state"].text();
        out += u"  %1->>%2: %3\n"_s.arg(from, to, mermaidText(step["title"].text()));
        out += u"  %1-%2%3: %4 %5\n"_s.arg(to, state == u"accepted" ? u"->>"_s : u"-x"_s, from, mermaidText(state), mermaidText(step["observed"]["code"].text()));
    }
    return out;
}

} // namespace report
