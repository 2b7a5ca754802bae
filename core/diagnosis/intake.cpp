// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/trust/contractfile.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

bool isSame(const Item& a, const Item& b)
{
    if (a.kind != b.kind || a.label != b.label || a.code != b.code || a.fingerprint != b.fingerprint)
        return false;
    // The same error told twice, once with more in it, is one.
    const auto &one = a.verification.checks, &other = b.verification.checks;
    return a.kind != ItemKind::Error || one.isEmpty() || other.isEmpty() || one == other;
}

/// The first place that is no UTF-8, or -1.
qsizetype firstBadByte(const QByteArray& text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    if (const QString all = decoder.decode(text); !decoder.hasError())
        return -1;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const uchar c = uchar(text[at]);
        const int more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : (c & 0xf0) == 0xe0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : -1;
        bool good = more >= 0 && at + more < text.size();
        for (int i = 1; good && i <= more; ++i)
            good = (uchar(text[at + i]) & 0xc0) == 0x80;
        if (!good)
            return at;
        at += more;
    }
    return 0;
}

Item unknownItem(const QByteArray& text)
{
    Item item {.kind = ItemKind::Unknown, .label = u"Not recognised: neither a token nor an answer, an address, a header or a known error"_s};
    const qsizetype bad = firstBadByte(text);
    if (bad >= 0)
        item.wrong = {u"It is no text: byte %1 does not belong to UTF-8."_s.arg(bad)};
    else
        item.wrong = {u"Nothing in its %1 characters has a form that is known here."_s.arg(QString::fromUtf8(text).size())};
    item.ask = {u"What it is, which program showed it, and the answer as it was on the wire."_s};
    return item;
}

void holdAgainst(Gathering& to)
{
    const trust::Knowledge knowledge = knowledgeOf(to.options);
    for (const QByteArray& text : std::as_const(to.out.contracts)) {
        const json::Document contract = json::Document::read(text);
        for (Item& item : to.out.items) {
            if (item.kind != ItemKind::Jwt)
                continue;
            const auto verdict = trust::matchContract({.token = *item.token, .contract = contract.root(), .setup = to.options.setup,
                .knowledge = knowledge, .now = to.options.expected.now});
            if (verdict)
                item.verdicts.append(*verdict);
            else if (!item.wrong.contains(verdict.error().text))
                item.wrong.append(u"The contract beside it cannot be read: %1 (%2)"_s.arg(verdict.error().text, verdict.error().where));
        }
    }
}

void gatherQuestions(Inspection& out)
{
    for (const Item& item : std::as_const(out.items))
        for (const QString& question : item.ask)
            if (!out.ask.contains(question))
                out.ask.append(question);
}

} // namespace

bool Gathering::full() const { return out.items.size() >= mostItems; }

Item& Gathering::add(Item item)
{
    item.line = line;
    for (Item& each : out.items)
        if (isSame(each, item)) {
            const int times = each.times + 1, first = each.line;
            if (each.verification.checks.isEmpty() && !item.verification.checks.isEmpty())
                each = std::move(item);
            each.times = times;
            each.line = first;
            return each;
        }
    out.items.append(std::move(item));
    return out.items.last();
}

QString itemKindName(ItemKind kind)
{
    static constexpr const char* names[] = {"jwt", "opaqueToken", "jwe", "error", "url", "response", "har", "secret", "unknown"};
    return QString::fromLatin1(names[int(kind)]);
}

Inspection inspect(const QByteArray& input, const IntakeOptions& options)
{
    Inspection out;
    Gathering to {.options = options, .out = out};
    QByteArray text = input.size() > longest ? input.first(longest) : input;
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    takeAny(to, text, Setting::Alone);
    holdAgainst(to);
    if (out.items.isEmpty())
        to.add(unknownItem(text.trimmed()));
    // A shared secret is what HS256 is checked with; a private key checks nothing that its public half does not.
    const auto isNeedless = [](const jose::Key& key) { return key.isPrivate() && key.type() != jose::KeyType::Oct; };
    if (std::ranges::any_of(options.keys.keys, isNeedless))
        to.add(secretItem(u"Private key among the keys to verify with"_s));
    if (input.size() > longest || to.full())
        out.findings.append({.rule = u"X-INPUT-CUT"_s, .severity = base::Severity::Warning, .title = u"Not everything was looked at"_s,
            .text = input.size() > longest ? u"Only the first %1 MB were looked at."_s.arg(longest >> 20) : u"Only the first %1 parts are listed."_s.arg(mostItems),
            .fix = u"Cut out what matters, or paste it in parts."_s});
    std::ranges::for_each(out.items, hideSecrets);
    gatherQuestions(out);
    findAll(out, options);
    return out;
}

} // namespace diagnosis
