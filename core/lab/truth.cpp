// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/lab/truth.h"

using namespace Qt::StringLiterals;

namespace lab {

base::Refusal openQuestion(const base::Verdict& verdict)
{
    const base::Check* check = verdict.decisive();
    return {.status = 501, .error = u"not_evaluated"_s, .text = u"The lab cannot decide this. "_s + (check ? check->relation : QString())};
}

http::ServerResponse withTruth(
    World& world, http::ServerResponse answer, const QString& target, base::Verdict verdict, const QString& reason)
{
    QByteArray id = answer.headers.value("request-id");
    if (id.isEmpty())
        id = answer.headers.value("x-ms-request-id");
    if (id.isEmpty()) {
        id = world.entropy.guid();
        answer.headers.append(http::Header {"x-ms-request-id", id});
    }
    const QString text = reason.isEmpty() || !verdict.refusal ? QString() : verdict.refusal->text;
    world.history.add({.requestId = QString::fromLatin1(id),
        .target = target,
        .reason = reason,
        .text = text,
        .verdict = std::move(verdict),
        .at = world.now()});
    return answer;
}

} // namespace lab
