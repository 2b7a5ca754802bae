// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/review.h"

#include "core/diagnosis/reviewevidence_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

struct Question
{
    const char* id;
    const char16_t* text;
    Grounds (*grounds)(const Material&);
    /// Rules that lower the answer, blank-separated; what ends in "-" stands for all that begin so.
    const char* rules;
};
constexpr std::array questions {
    Question {"identity", u"Does every agent have an identity record of its own, with somebody who answers for it?", identityGrounds,
        "ID-SHARED-IDENTITY ID-NO-OWNER ID-AGENT-PARENT ID-AGENT-HAS-CREDENTIAL ID-FIC-ON-AGENT ID-DORMANT ID-REVOKE-BLAST ID-CLOUD-SILO ID-SAMI TR-OPTION1-FLAT"},
    Question {"credentials", u"Are its credentials short-lived, and no wider than the task?", credentialGrounds,
        "PAT-SECRET- PAT-BLUEPRINT-SECRET-VARIANT SEC-STATIC-KEY SEC-KEY-NO-EXPIRY SEC-KEY-ORPHAN SEC-ROTATION- SEC-EXPIRED SEC-VAULT- SEC-SHARED-ACROSS-ENV TR-LIFETIME-TOO-LONG TR-OVERSCOPED "
        "TR-SCOPE-UPFRONT TR-TENANT-ONLY TR-WILDCARD-SUBJECT TR-NS-UNPINNED"},
    Question {"rights", u"Where it acts for a user, do the user's rights travel along?", rightsGrounds,
        "DEL-GOD-TOKEN DEL-MI-FOR-USER-DATA DEL-OBO- DEL-FLOW-MISLABELLED DEL-CONSENT-MISSING DEL-NO-ACTOR DEL-IMPERSONATE-SA DEL-PASSTHROUGH DEL-WRITE-NO-GATE TR-NO-REVOCATION TR-TENANT-CONTEXT-MISSING X-DESCOPE-MGMT-KEY"},
    Question {"records", u"Can each call of a tool be traced back to agent, workload, user and decision?", recordGrounds,
        "AUD- ID-SHARED-IDENTITY TR-OPTION1-FLAT DEL-NO-ACTOR DEL-MCP-STATIC DEL-IMPERSONATE-SA"},
    Question {"elsewhere", u"Does the identity work outside its home ecosystem?", elsewhereGrounds,
        "ID-CLOUD-SILO TR-AUD-ONE-OF-TWO TR-AWS- TR-PROJECT-NUMBER TR-PROVIDER- TR-RULE- ID-RESOURCE-APP-V1 X-ISS-SLASH X-AZP-AS-AUD X-MI-24H"},
    Question {"secrets", u"Have secrets been removed, rather than moved?", secretGrounds,
        "SEC-IN- SEC-STATIC-KEY SEC-KEY-SHADOWS-FEDERATION SEC-KEY-NOT-DISABLED SEC-VAULT-AS-FEDERATION SEC-OBO-SECRET-ENV SEC-REFRESH-TOKEN-PLACE PAT-SECRET- PAT-BLUEPRINT-SECRET-VARIANT PAT-AGENT-KNOWS-CREDENTIAL "
        "PAT-SILENT-FALLBACK AUD-VAULT-ONLY"},
};

bool concerns(const Question& question, const QString& rule)
{
    const QStringList rules = QString::fromLatin1(question.rules).split(u' ');
    return std::ranges::any_of(rules, [&](const QString& each) { return each.endsWith(u'-') ? rule.startsWith(each) : rule == each; });
}

/// An error leaves no yes standing, a warning no whole one. A remark changes nothing, and what is unknown stays so.
ReviewAnswer lowered(ReviewAnswer answer, base::Severity severity)
{
    if (severity == base::Severity::Error)
        return ReviewAnswer::No;
    return severity == base::Severity::Warning && answer == ReviewAnswer::Yes ? ReviewAnswer::Partly : answer;
}

} // namespace

QString reviewAnswerName(ReviewAnswer answer)
{
    static constexpr std::array names {u"unknown", u"no", u"partly", u"yes"};
    return QString::fromUtf16(names[std::size_t(answer)]);
}

QList<ReviewLine> review(const Material& material)
{
    QList<ReviewLine> out;
    for (const Question& question : questions) {
        const Grounds grounds = question.grounds(material);
        ReviewLine line {.id = QString::fromLatin1(question.id), .question = QString::fromUtf16(question.text), .answer = grounds.answer, .because = grounds.because, .evidence = grounds.evidence};
        for (const base::Finding& finding : material.findings) {
            if (!concerns(question, finding.rule))
                continue;
            line.findings.append(finding);
            line.answer = lowered(line.answer, finding.severity);
        }
        out.append(line);
    }
    return out;
}

} // namespace diagnosis
