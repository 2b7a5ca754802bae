// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/diagnosis/intakebodies_p.h"
#include "core/trust/contractfile.h"

#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

bool isText(const json::Value& value) { return value.isString() && !value.bytes().isEmpty(); }

Item document(const QString& label, const QString& note = {})
{
    return {.kind = ItemKind::Response, .label = label, .note = note};
}

/// A kind of document, told by its members. `take` returns the members it has dealt with; the others are looked into.
struct Body
{
    bool (*told)(const json::Value&);
    QStringList (*take)(Gathering&, const json::Value&);
};

const QStringList everything {u"*"_s};

bool isHar(const json::Value& v) { return v["log"]["entries"].isArray(); }
QStringList takeHar(Gathering& to, const json::Value& v)
{
    // Its exchanges are read as a run elsewhere; here it is one item.
    to.add({.kind = ItemKind::Har, .label = u"HAR recording with %1 exchanges"_s.arg(v["log"]["entries"].size())});
    return everything;
}

bool isRun(const json::Value& v) { return v["schema"].text() == "run"_L1 && v["steps"].isArray(); }
QStringList takeRun(Gathering& to, const json::Value& v)
{
    Item item = document(u"Recorded run of the flow %1, %2"_s.arg(v["flow"].text(), v["result"].text()));
    to.add(std::move(item));
    if (to.out.run.isEmpty())
        to.out.run = v.raw().toByteArray();
    for (json::Value step = v["steps"].first(); step; step = step.next()) {
        const json::Value observed = step["observed"];
        if (observed["outcome"].text() == "refuse"_L1 && isText(observed["code"]))
            to.add(errorItem({}, observed["code"].text(), observed["text"].text()));
    }
    return everything;
}

bool isContract(const json::Value& v) { return !trust::contractKind(v).isEmpty(); }
QStringList takeContract(Gathering& to, const json::Value& v)
{
    if (holdsPrivateKey(v))
        to.add(secretItem(u"Private key in a contract"_s));
    to.add(document(u"Contract: "_s + trust::contractKind(v), u"A token beside it is held against it."_s));
    to.out.contracts.append(v.raw().toByteArray());
    return everything;
}

bool isServiceAccount(const json::Value& v) { return v["type"].text() == "service_account"_L1 && v["private_key"]; }
QStringList takeServiceAccount(Gathering& to, const json::Value&)
{
    Item item = secretItem(u"Google service account key"_s);
    item.vendor = u"Google"_s;
    item.fix = u"Delete the key, and let the workload federate."_s;
    to.add(std::move(item));
    return everything;
}

bool isExternalAccount(const json::Value& v) { return v["type"].text() == "external_account"_L1; }
QStringList takeExternalAccount(Gathering& to, const json::Value&)
{
    Item item = document(u"Google external_account configuration"_s,
        u"It is a pointer and holds no secret: it may be kept beside the code."_s);
    item.vendor = u"Google"_s;
    to.add(std::move(item));
    return everything;
}

bool isKeySet(const json::Value& v) { return v["keys"].isArray() && v["keys"].at(0)["kty"]; }
QStringList takeKeySet(Gathering& to, const json::Value& v)
{
    if (holdsPrivateKey(v)) {
        to.add(secretItem(u"Private key in a key set"_s));
        return everything;
    }
    to.add(document(u"Key set with %1 public keys"_s.arg(v["keys"].size()), u"Give it with --keys to verify a token."_s));
    return everything;
}

bool isKey(const json::Value& v) { return isText(v["kty"]) && (v["n"] || v["x"] || v["k"]); }
QStringList takeKey(Gathering& to, const json::Value& v)
{
    if (holdsPrivateKey(v))
        to.add(secretItem(v["kty"].text() == "oct"_L1 ? u"Symmetric key (JWK)"_s : u"Private key (JWK)"_s));
    else
        to.add(document(u"Public key (JWK)"_s, u"Give it with --keys to verify a token."_s));
    return everything;
}

bool isMetadata(const json::Value& v) { return isText(v["issuer"]) && (v["token_endpoint"] || v["jwks_uri"]); }
QStringList takeMetadata(Gathering& to, const json::Value& v)
{
    to.add(document(u"Metadata of the issuer %1"_s.arg(v["issuer"].text())));
    return everything;
}

constexpr std::array bodies {
    Body {isHar, takeHar},
    Body {isRun, takeRun},
    Body {isMetadata, takeMetadata},
    Body {isContract, takeContract},
    Body {isServiceAccount, takeServiceAccount},
    Body {isExternalAccount, takeExternalAccount},
    Body {isKeySet, takeKeySet},
    Body {isKey, takeKey},
    Body {isErrorBody, takeErrorBody},
    Body {isTokenBody, takeTokenBody},
    Body {isAwsCredentials, takeAwsCredentials},
    Body {isVaultSecret, takeVaultSecret},
};

void takeObject(Gathering& to, const json::Value& object)
{
    QStringList done;
    for (const Body& body : bodies)
        if (body.told(object)) {
            done += body.take(to, object);
            if (done.contains(everything.first()))
                return;
        }
    for (json::Value member = object.first(); member; member = member.next()) {
        const QString name = member.keyText();
        if (done.contains(name))
            continue;
        if (takeNamed(to, name, member))
            continue;
        takeValue(to, member);
    }
}

} // namespace

void takeValue(Gathering& to, const json::Value& value)
{
    if (to.full() || to.depth > deepest)
        return;
    ++to.depth;
    if (value.isObject())
        takeObject(to, value);
    else if (value.isArray())
        for (json::Value each = value.first(); each && !to.full(); each = each.next())
            takeValue(to, each);
    else if (value.isString() && value.bytes().size() > 5)
        takeAny(to, value.bytes().toByteArray(), to.fromProse ? Setting::Prose : Setting::Response);
    --to.depth;
}

bool takeJson(Gathering& to, const QByteArray& text)
{
    const json::Document document = json::Document::read(text);
    const json::Value root = document.root();
    if (!(root.isObject() || root.isArray()) || root.size() == 0)
        return false;
    // A whole value with more behind it is one part of several: whoever reads the rest finds the value too.
    if (!document.complete() && json::Document::read(root.raw().toByteArray()).complete())
        return false;
    const qsizetype before = to.out.items.size();
    if (isContract(root))
        takeContract(to, root);
    else
        takeValue(to, root);
    if (document.complete())
        return to.out.items.size() > before;
    for (const json::Problem& problem : document.problems())
        if (problem.kind == json::Problem::Kind::Fault && to.out.items.size() > before)
            to.out.items[before].wrong.append(u"The JSON is cut or broken: %1"_s.arg(problem.text));
    return to.out.items.size() > before;
}

} // namespace diagnosis
