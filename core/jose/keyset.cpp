// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/jose/key.h"

#include "core/jose/pem_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace jose {

namespace {

constexpr qsizetype mostBytes = qsizetype(1) << 20;
constexpr qsizetype mostKeys = 100;

void take(KeySet& set, base::Result<Key> key, qsizetype number)
{
    if (key) {
        for (const QString& problem : std::as_const(key->problems))
            set.problems += u"Key %1: %2."_s.arg(number).arg(problem);
        set.keys.append(std::move(*key));
    } else {
        set.problems += u"Key %1 is left out: %2"_s.arg(number).arg(key.error().text);
    }
}

void sayRepeatedKids(KeySet& set)
{
    QList<QByteArray> seen;
    for (const Key& key : std::as_const(set.keys)) {
        if (!key.kid.isEmpty() && seen.contains(key.kid))
            set.problems += u"Two keys have the kid \"%1\"."_s.arg(QString::fromUtf8(key.kid));
        seen.append(key.kid);
    }
}

KeySet readEntries(const json::Value& keys)
{
    KeySet set;
    qsizetype number = 0;
    for (json::Value entry = keys.first(); entry; entry = entry.next()) {
        if (++number > mostKeys) {
            set.problems += u"Only the first %1 of %2 keys are read."_s.arg(mostKeys).arg(keys.size());
            break;
        }
        take(set, Key::fromJwk(entry), number);
    }
    sayRepeatedKids(set);
    return set;
}

base::Result<KeySet> readJson(QByteArrayView text)
{
    const auto doc = json::Document::parse(text.toByteArray());
    if (!doc)
        return tl::unexpected(doc.error());
    const json::Value root = doc->root();
    if (root["keys"].isArray())
        return readEntries(root["keys"]);
    if (!root["kty"])
        return base::fail(u"keys-none"_s, u"The JSON holds neither \"keys\" nor a key with \"kty\"."_s);
    auto key = Key::fromJwk(root);
    if (!key)
        return tl::unexpected(key.error());
    KeySet set;
    take(set, std::move(key), 1);
    return set;
}

base::Result<KeySet> readPem(QByteArrayView text)
{
    const auto blocks = readPemBlocks(text, mostKeys);
    if (blocks.isEmpty())
        return base::fail(
            u"keys-none"_s, u"The text is neither JSON nor PEM. Give a key set, a JWK or PEM blocks."_s);
    if (blocks.size() == 1 && !blocks.first())
        return tl::unexpected(blocks.first().error());
    KeySet set;
    for (qsizetype i = 0; i < blocks.size(); ++i)
        take(set, blocks[i], i + 1);
    return set;
}

} // namespace

const Key* KeySet::find(QByteArrayView kid) const
{
    const auto it
        = std::ranges::find_if(keys, [kid](const Key& key) { return QByteArrayView(key.kid) == kid; });
    return it == keys.end() ? nullptr : &*it;
}

base::Result<KeySet> readKeys(QByteArrayView text)
{
    if (text.size() > mostBytes)
        return base::fail(u"keys-size"_s, u"A key set over 1 MB is not read."_s);
    return text.trimmed().startsWith('{') ? readJson(text) : readPem(text);
}

QByteArray toJwks(const QList<Key>& keys)
{
    QByteArray out = "{\"keys\":["_ba;
    for (const Key& key : keys) {
        if (!out.endsWith('['))
            out += ',';
        out += key.toPublicJwk();
    }
    return out + "]}";
}

} // namespace jose
