// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/base/text.h"
#include "core/report/inspection.h"
#include "core/report/verdictjson.h"
#include "core/trust/contractfile.h"
#include "core/trust/contractfix.h"

#include <QRegularExpression>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

base::Error inFile(base::Error error, const QString& file)
{
    error.where = file + u':' + error.where;
    return error;
}

/// The token as it is usually at hand: alone, behind Authorization or Bearer, in quotes, inside of an answer.
base::Result<jose::Jwt> tokenIn(const QByteArray& text, const QString& file)
{
    static const QRegularExpression several(u"^eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\s+eyJ"_s);
    if (several.match(QString::fromLatin1(text.trimmed())).hasMatch())
        return base::fail(u"not-a-jwt"_s, u"%1 holds more than one token. Keep the one that is meant."_s.arg(file));
    jose::Jwt token = jose::decode(text.trimmed());
    if (token.isJwt())
        return token;
    if (token.isJwe())
        return base::fail(u"not-a-jwt"_s, u"%1 holds an encrypted token. Only its receiver can read it, so nothing can be compared."_s.arg(file));
    // With all its parts: what has a fourth is no token with something behind it, but none.
    static const QRegularExpression shape(u"eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*"_s);
    const auto match = shape.match(QString::fromUtf8(text));
    if (match.hasMatch())
        token = jose::decode(match.captured().toLatin1());
    if (token.isJwt() || (token.parts > 3 && token.payload.root().isObject()))
        return token;
    if (constexpr qsizetype most = qsizetype(1) << 20; match.capturedLength() > most) // as jose::decode reads it
        return base::fail(u"not-a-jwt"_s, u"%1 holds a token of %2 bytes. Of one, at most %3 are read."_s.arg(file).arg(match.capturedLength()).arg(most));
    return base::fail(u"not-a-jwt"_s, text.trimmed().isEmpty() ? u"%1 is empty. A JWT belongs here."_s.arg(file)
        : u"%1 holds no JWT: three parts in base64url with dots between, the first a JSON object."_s.arg(file));
}

void printJson(const base::Verdict& verdict, const trust::ContractFix& fix, const QString& kind)
{
    json::Writer out;
    out.beginObject();
    report::writeMembers(out, verdict);
    out.text("kind", kind);
    if (!fix.corrected.isEmpty())
        out.raw("corrected", fix.corrected);
    out.textIf("correctedNote", fix.note).textIf("command", fix.command).endObject();
    print(out.done());
}

void printText(const base::Verdict& verdict, const trust::ContractFix& fix)
{
    QString text = report::verdictText(verdict);
    if (!fix.corrected.isEmpty())
        text += u"\ncorrected contract\n%1\n"_s.arg(QString::fromUtf8(fix.corrected));
    if (!fix.note.isEmpty())
        text += fix.note + u'\n';
    if (!fix.command.isEmpty())
        text += u"\n%1\n"_s.arg(fix.command);
    print(text);
}

} // namespace

int matchCommand(const Arguments& arguments)
{
    if (arguments.at(0) == u"-" && arguments.at(1) == u"-")
        return fail({u"usage"_s, u"Only one of TOKEN and CONTRACT can be standard input."_s, {}});
    const auto tokenText = readInput(arguments.at(0));
    if (!tokenText)
        return fail(tokenText.error());
    const auto contractText = readInput(arguments.at(1));
    if (!contractText)
        return fail(contractText.error());
    const auto contract = json::Document::parse(*contractText);
    if (!contract)
        return fail(inFile(contract.error(), arguments.at(1)));
    const auto now = arguments.time("now");
    if (!now)
        return fail(now.error());
    const auto token = tokenIn(*tokenText, arguments.at(0));
    if (!token)
        return fail(token.error());
    const trust::Knowledge nothing;
    const trust::ContractCase match {.token = *token, .contract = contract->root(), .knowledge = nothing, .now = now->value_or(base::systemNow())};
    const auto verdict = trust::matchContract(match);
    if (!verdict)
        return fail(inFile(verdict.error(), arguments.at(1)));
    const trust::ContractFix fix = verdict->decision == base::Decision::Refuse ? trust::contractFix(match, *verdict) : trust::ContractFix {};
    if (arguments.json())
        printJson(*verdict, fix, trust::contractKind(contract->root()));
    else
        printText(*verdict, fix);
    return verdict->decision == base::Decision::Accept ? Accepted : Refused;
}

} // namespace cli
