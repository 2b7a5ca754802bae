// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "inventory.h"

#include "core/base/jsonwriter.h"
#include "core/base/text.h"
#include "core/report/markdown_p.h"

#include <array>

namespace report {

using namespace Qt::StringLiterals;

namespace {

using diagnosis::AgentRecord;
using diagnosis::Known;

using Question = InventoryQuestion;
constexpr std::array questions {
    Question {"owners", u"owner", u"nobody", &AgentRecord::owners},
    Question {"invokers", u"may be invoked by", u"nobody", &AgentRecord::invokers},
    Question {"reaches", u"reaches", u"nothing", &AgentRecord::reaches},
    Question {"credentials", u"can broker", u"nothing", &AgentRecord::credentials},
    Question {"dormant", u"dormant", u"no", &AgentRecord::dormant},
    Question {"tooWide", u"too wide", u"no finding", &AgentRecord::tooWide},
};

constexpr std::array kinds {
    std::pair {u"agentIdentity", u"agent identity"},
    std::pair {u"agentUser", u"agent user"},
    std::pair {u"managedIdentity", u"managed identity, without an agent identity"},
    std::pair {u"app", u"application, without an agent identity"},
};

void write(json::Writer& out, const char* name, const Known& known)
{
    out.beginObject(name).flag("known", known.known).beginArray("values");
    for (const diagnosis::Evidence& each : known.values)
        out.beginObject().text("text", each.text).textIf("pointer", each.pointer).textIf("run", each.run).endObject();
    out.endArray().endObject();
}

QString words(const Question& question, const Known& known)
{
    QString text = u"  %1"_s.arg(QString::fromUtf16(question.title), -20);
    if (!known.known)
        return text + u"unknown\n"_s;
    if (known.values.isEmpty())
        return text + QString::fromUtf16(question.none) + u'\n';
    bool first = true;
    for (const diagnosis::Evidence& each : known.values) {
        const QString place = each.pointer.isEmpty() ? u"run "_s + each.run : each.pointer;
        text += (first ? QString() : QString(u' ').repeated(22)) + u"%1  (%2)\n"_s.arg(base::visible(each.text), place);
        first = false;
    }
    return text;
}

QString cellMarkdown(const Question& question, const Known& known)
{
    if (!known.known)
        return u"*unknown*"_s;
    QStringList lines;
    for (const diagnosis::Evidence& each : known.values)
        lines.append(escapedMarkdown(each.text));
    return lines.isEmpty() ? QString::fromUtf16(question.none) : lines.join("<br>"_L1);
}

} // namespace

std::span<const InventoryQuestion> inventoryQuestions() { return questions; }

QString agentKindWords(const QString& kind)
{
    for (const auto& [name, words] : kinds)
        if (kind == name)
            return QString::fromUtf16(words);
    return kind;
}

QByteArray inventoryJson(const setup::Setup& setup, const QList<AgentRecord>& agents)
{
    json::Writer out;
    out.beginObject().text("schema", u"inventory"_s).number("version", 1).text("setup", setup.id).beginArray("agents");
    for (const AgentRecord& agent : agents) {
        out.beginObject().text("name", agent.name).text("title", agent.title).text("kind", agent.kind).text("pointer", agent.pointer);
        for (const Question& question : questions)
            write(out, question.member, agent.*question.answer);
        out.endObject();
    }
    return out.endArray().endObject().done();
}

QString inventoryText(const setup::Setup& setup, const QList<AgentRecord>& agents)
{
    QString text = agents.isEmpty() ? u"%1 has no agent, and nothing in it calls a target.\n"_s.arg(base::visible(setup.title)) : QString();
    for (const AgentRecord& agent : agents) {
        text += u"%1: %2  (%3)\n"_s.arg(base::visible(agent.title), agentKindWords(agent.kind), agent.pointer);
        for (const Question& question : questions)
            text += words(question, agent.*question.answer);
        text += u'\n';
    }
    return text;
}

QString inventoryMarkdown(const setup::Setup& setup, const QList<AgentRecord>& agents)
{
    QString text = u"# Agents: %1\n\n| agent |"_s.arg(escapedMarkdown(setup.title)), rule = u"|---|"_s;
    for (const Question& question : questions) {
        text += u" %1 |"_s.arg(QString::fromUtf16(question.title));
        rule += "---|"_L1;
    }
    text += u'\n' + rule + u'\n';
    for (const AgentRecord& agent : agents) {
        text += u"| **%1**<br>%2 |"_s.arg(escapedMarkdown(agent.title), agentKindWords(agent.kind));
        for (const Question& question : questions)
            text += u" %1 |"_s.arg(cellMarkdown(question, agent.*question.answer));
        text += u'\n';
    }
    return text;
}

} // namespace report
