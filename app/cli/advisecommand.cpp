// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/base/jsonwriter.h"
#include "core/catalog/advice.h"

namespace cli {

using namespace Qt::StringLiterals;

namespace {

int showQuestions(bool asJson)
{
    json::Writer out;
    out.beginObject().text("schema", u"questions"_s).number("version", 1).beginArray("questions");
    QString text;
    for (const catalog::AdviceQuestion& question : catalog::adviceQuestions()) {
        text += u"--%1  %2\n"_s.arg(QString::fromLatin1(question.id), QString::fromUtf16(question.text));
        out.beginObject().text("id", QString::fromLatin1(question.id)).text("text", QString::fromUtf16(question.text)).beginArray("choices");
        for (const catalog::AdviceChoice& choice : question.choices) {
            out.beginObject().text("id", QString::fromLatin1(choice.id)).text("text", QString::fromUtf16(choice.text)).endObject();
            text += u"    %1  %2\n"_s.arg(QString::fromLatin1(choice.id), -11).arg(QString::fromUtf16(choice.text));
        }
        out.endArray().endObject();
    }
    out.endArray().endObject();
    asJson ? print(out.done()) : print(text);
    return Accepted;
}

QByteArray document(const catalog::Advice& advice)
{
    json::Writer out;
    out.beginObject().text("schema", u"advice"_s).number("version", 1).textIf("sample", advice.sample).textIf("flow", advice.flow).textIf("title", advice.title);
    out.text("reason", advice.reason).texts("caveats", advice.caveats).beginArray("disagreements");
    for (const catalog::Disagreement& each : advice.disagreements)
        out.beginObject().text("one", each.one).text("other", each.other).text("ours", each.ours).endObject();
    return out.endArray().endObject().done();
}

QString told(const catalog::Advice& advice)
{
    if (advice.sample.isEmpty())
        return u"No flow fits. %1\n"_s.arg(advice.reason);
    QString text = u"%1 (sample %2, flow %3)\n  %4\n"_s.arg(advice.title, advice.sample, advice.flow, advice.reason);
    for (const QString& caveat : advice.caveats)
        text += u"  mind      %1\n"_s.arg(caveat);
    for (const catalog::Disagreement& each : advice.disagreements)
        text += u"  disputed  %1\n            %2\n            Here: %3\n"_s.arg(each.one, each.other, each.ours);
    return text;
}

} // namespace

int adviseCommand(const Arguments& arguments)
{
    const catalog::AdviceAnswers answers {arguments.value("acts"), arguments.value("data"), arguments.value("runs"), arguments.value("target")};
    if (answers.acts.isEmpty() && answers.data.isEmpty() && answers.runs.isEmpty() && answers.target.isEmpty())
        return showQuestions(arguments.json());
    const auto advice = catalog::advise(answers);
    if (!advice)
        return fail({u"usage"_s, u"--%1"_s.arg(advice.error().text), {}});
    if (arguments.has("o") && !advice->sample.isEmpty()) {
        const auto setup = catalog::advisedSetup(*advice);
        const auto written = setup ? writeOutput(arguments.value("o"), *setup) : tl::unexpected(setup.error());
        if (!written)
            return fail(written.error());
    }
    arguments.json() ? print(document(*advice)) : print(told(*advice));
    return advice->sample.isEmpty() ? int(Refused) : int(Accepted);
}

} // namespace cli
