// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "workloads.h"

#include "core/base/secret.h"
#include "core/jose/base64url.h"
#include "core/lab/awsworkload.h"
#include "core/lab/entraerror.h"
#include "core/lab/jsontext.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/lab/workloadclaims.h"
#include "core/trust/workloadtoken.h"

#include <array>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

using Issued = WorkloadMint;
using Refused = base::Refusal;

http::ServerResponse githubToken(const Issued& issued)
{
    return jsonReply(200, JsonText().number("count", issued.token.size()).text("value", issued.token).done());
}

http::ServerResponse githubError(const Refused& refused)
{
    return jsonReply(refused.status, JsonText().text("message", refused.text).done());
}

http::ServerResponse kubernetesToken(const Issued& issued)
{
    const QByteArray status = JsonText().text("token", issued.token)
                                  .text("expirationTimestamp", base::toRfc3339(base::fromEpochSeconds(issued.expires))).done();
    return jsonReply(201, JsonText().text("kind", u"TokenRequest"_s).text("apiVersion", u"authentication.k8s.io/v1"_s).raw("status", status).done());
}

http::ServerResponse kubernetesError(const Refused& refused)
{
    return jsonReply(refused.status,
        JsonText().text("kind", u"Status"_s).text("apiVersion", u"v1"_s).text("status", u"Failure"_s).text("message", refused.text)
            .text("reason", refused.error).number("code", refused.status).done());
}

http::ServerResponse plainToken(const Issued& issued) { return textReply(200, issued.token); }
http::ServerResponse plainError(const Refused& refused) { return textReply(refused.status, refused.text.toUtf8() + '\n'); }

http::ServerResponse googleToken(const Issued& issued)
{
    auto reply = textReply(200, issued.token);
    addHeader(reply, "Metadata-Flavor", "Google");
    return reply;
}

http::ServerResponse awsToken(const Issued& issued) { return awsWorkloadToken(issued.token, issued.expires); }

struct Form
{
    QLatin1StringView kind;
    const char* method;
    http::ServerResponse (*token)(const Issued&);
    http::ServerResponse (*error)(const Refused&);
};
constexpr std::array forms {
    Form {"github"_L1, "GET", githubToken, githubError},
    Form {"kubernetes"_L1, "POST", kubernetesToken, kubernetesError},
    Form {"aws"_L1, "POST", awsToken, awsWorkloadError},
    Form {"google"_L1, "GET", googleToken, plainError},
    Form {""_L1, "GET", plainToken, plainError},
};

const Form& formOf(const setup::Issuer& issuer)
{
    const auto it = std::ranges::find_if(forms, [&](const Form& f) { return issuer.kind == f.kind; });
    return it == forms.end() ? forms.back() : *it;
}

/// The request as the decision wants it: an absolute URL carries the query.
http::Request asSent(const http::ServerRequest& request)
{
    return {.method = request.method, .url = "http://lab" + request.target, .headers = request.headers, .body = request.body};
}

bool isOwnCredential(const World& world, const setup::Issuer& issuer, const http::ServerRequest& request)
{
    if (issuer.kind == "aws"_L1)
        return isSignedByRole(world, issuer, request);
    return base::equalInConstantTime(request.headers.value("Authorization"), QByteArray("Bearer " + requestTokenOf(world, issuer)));
}

} // namespace

QByteArray requestTokenOf(const World& world, const setup::Issuer& issuer)
{
    if (issuer.kind == "aws"_L1)
        return roleCredentials(world, issuer);
    return "lab-request-" + jose::base64url(world.entropy.derived(QByteArray("request token " + issuer.name.toUtf8())));
}

http::ServerResponse workloadToken(World& world, const setup::Issuer& issuer, const http::ServerRequest& request)
{
    const Form& form = formOf(issuer);
    if (request.method != form.method)
        return form.error({.status = 405, .error = u"MethodNotAllowed"_s, .text = u"This address takes other methods."_s});
    const auto decision = trust::decideWorkloadToken(issuer, asSent(request), isOwnCredential(world, issuer, request), world.knowledge);
    const bool accepted = decision.verdict.decision == base::Decision::Accept;
    const QString audience = decision.audience.isEmpty() ? issuer.audience : decision.audience;
    auto reply = accepted ? form.token(mintWorkloadToken(world, issuer, audience)) : form.error(refusalOf(decision.verdict));
    return withTruth(world, std::move(reply), issuer.name, decision.verdict);
}

} // namespace lab
