// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/diagnosis/intake.h"
#include "core/report/inspection.h"
#include "core/setup/file.h"

namespace cli {

using namespace Qt::StringLiterals;

namespace {

base::Result<jose::Expectation> expectationOf(const Arguments& arguments)
{
    // An option that came out empty, say of a variable that is not set, would demand nothing in silence.
    for (const char* option : {"issuer", "audience", "alg"})
        if (arguments.has(option) && arguments.value(option).remove(u',').trimmed().isEmpty())
            return base::fail(u"usage"_s, u"--%1 is empty, so nothing would be compared. Name a value, or leave it out."_s.arg(QLatin1StringView(option)));
    jose::Expectation expected {.issuer = arguments.value("issuer"), .now = base::systemNow(), .keySource = u"--keys %1"_s.arg(arguments.value("keys"))};
    if (arguments.has("audience"))
        expected.audiences = {arguments.value("audience")};
    for (const QString& alg : arguments.value("alg").split(u',', Qt::SkipEmptyParts))
        expected.algs.append(alg.trimmed().toUtf8());
    for (const QByteArray& alg : std::as_const(expected.algs))
        if (!jose::algorithm(alg))
            return base::fail(u"usage"_s, u"--alg knows no %1. RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, HS256, HS384 and HS512 are known."_s.arg(QString::fromUtf8(alg)));
    const auto leeway = arguments.number("leeway");
    if (!leeway)
        return tl::unexpected(leeway.error());
    if (*leeway && **leeway < 0)
        return base::fail(u"usage"_s, u"--leeway wants seconds from 0, and got %1."_s.arg(**leeway));
    expected.leeway = std::chrono::seconds {leeway->value_or(0)};
    const auto now = arguments.time("now");
    if (!now)
        return tl::unexpected(now.error());
    if (*now)
        expected.now = **now;
    return expected;
}

base::Result<jose::KeySet> keysFrom(const QByteArray& text, const QString& place)
{
    auto keys = jose::readKeys(text);
    if (!keys)
        return base::fail(keys.error().code, keys.error().text, place);
    if (keys->keys.isEmpty())
        return base::fail(u"keys-none"_s, keys->problems.isEmpty() ? u"The key set holds no key."_s : u"No key can be used. "_s + keys->problems.join(u' '), place);
    return keys;
}

/// Who gives keys wants to know whether they fit: what could not be checked is no yes.
bool isVerified(const diagnosis::Inspection& inspection)
{
    bool some = false, all = true;
    for (const diagnosis::Item& item : inspection.items) {
        if (!item.token)
            continue;
        some = true;
        all = all && item.verification.outcome == jose::Verified::Verified;
    }
    return some && all;
}

/// A short text is matched sooner than a hundred patterns are compiled to machine code; of a long one the opposite holds. Asked
/// once by Qt, before the first match.
void matchPlainly(const QByteArray& text)
{
    constexpr qsizetype shortText = 32 * 1024;
    if (text.size() < shortText && !qEnvironmentVariableIsSet("QT_ENABLE_REGEXP_JIT"))
        qputenv("QT_ENABLE_REGEXP_JIT", "0");
}

int judge(const QByteArray& text, const QString& name, const diagnosis::IntakeOptions& options, bool asJson)
{
    const diagnosis::Inspection inspection = diagnosis::inspectFile(text, name, options);
    print(asJson ? report::inspectionJson(inspection) : report::inspectionText(inspection).toUtf8());
    return hasErrors(inspection.findings) || !isAcceptedByAll(inspection) || (options.hasKeys && !isVerified(inspection)) ? Refused : Accepted;
}

} // namespace

int inspectWith(const Arguments& arguments, const QByteArray& keys)
{
    const auto text = readInput(arguments.count() ? arguments.at(0) : u"-"_s);
    if (!text)
        return fail(text.error());
    if (text->trimmed().isEmpty())
        return fail({u"empty"_s, u"%1 holds nothing to look at."_s.arg(arguments.count() ? arguments.at(0) : u"Standard input"_s), {}});
    matchPlainly(*text);
    if (const auto done = inspectArchiveText(*text, arguments))
        return *done;
    if (arguments.has("flow"))
        return fail({u"usage"_s, u"--flow chooses one of the flows in an HTTP archive, and this is none."_s, {}});
    auto expected = expectationOf(arguments);
    if (!expected)
        return fail(expected.error());
    diagnosis::IntakeOptions options {.hasKeys = arguments.has("keys"), .expected = *expected};
    std::optional<setup::Setup> setup;
    if (arguments.has("setup")) {
        auto loaded = setup::load(arguments.value("setup"));
        if (!loaded)
            return fail(loaded.error());
        setup = std::move(*loaded);
        options.setup = &*setup;
    }
    if (options.hasKeys) {
        auto read = keysFrom(keys, arguments.value("keys"));
        if (!read)
            return fail(read.error());
        options.keys = std::move(*read);
    }
    return judge(*text, arguments.count() ? arguments.at(0) : QString(), options, arguments.json());
}

int inspectCommand(const Arguments& arguments)
{
    if (const auto done = inspectArchive(arguments))
        return *done;
    const QString keys = arguments.value("keys");
    if (keys.startsWith(u"http://") || keys.startsWith(u"https://"))
        return inspectWithFetchedKeys(arguments);
    if (keys.isEmpty())
        return inspectWith(arguments, {});
    const auto file = readInput(keys);
    return file ? inspectWith(arguments, *file) : fail(file.error());
}

} // namespace cli
