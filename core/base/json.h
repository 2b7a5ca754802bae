// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>
#include <vector>

/// Reading other people's JSON without changing it: order, duplicates and numbers stay as written, every value knows
/// where it stands. Writing is splicing text, so what we do not understand survives a save.
namespace json {

enum class Type { Null, Bool, Number, String, Array, Object };

struct Position
{
    int line = 1;
    int column = 1; ///< in bytes, from 1
};

/// What is odd about a document that could be read all the same.
struct Problem
{
    enum class Kind { Other, Fault, Duplicate, Encoding, Number };

    QString text {};
    QString pointer {};
    qsizetype offset = 0;
    Kind kind {};
};

class Document;
class Members;
class Elements;

/// A light handle on one value of a Document; the document must outlive it. A missing value answers false to bool and
/// behaves like an empty value of every type.
class Value
{
public:
    Value() = default;

    explicit operator bool() const { return m_doc != nullptr; }
    Type type() const;
    bool isObject() const { return m_doc && type() == Type::Object; }
    bool isArray() const { return m_doc && type() == Type::Array; }
    bool isString() const { return m_doc && type() == Type::String; }
    bool isNumber() const { return m_doc && type() == Type::Number; }
    bool isBool() const { return m_doc && type() == Type::Bool; }
    bool isNull() const { return m_doc && type() == Type::Null; }

    /// The string's content, unescaped, UTF-8. Empty for other types.
    QByteArrayView bytes() const;
    QString text() const;
    /// The value exactly as it stands in the source, quotes and all.
    QByteArrayView raw() const;
    /// For showing: strings without quotes, everything else as written.
    QString display() const;
    /// The number when it is a whole one that fits; 1.0e3 and "5" are not.
    std::optional<qint64> integer() const;
    std::optional<double> number() const;
    bool boolean() const;

    qsizetype size() const;                       ///< members or elements
    Value operator[](QByteArrayView name) const;  ///< first member of that name
    qsizetype count(QByteArrayView name) const;   ///< how often the name stands here
    Value at(qsizetype index) const;              ///< element, or value of the member at that place
    QByteArrayView key() const;                   ///< this value's own member name, unescaped; empty in arrays
    QString keyText() const;
    QByteArrayView rawKey() const;                ///< the name exactly as it stands, quotes and all
    Value next() const;                           ///< the sibling after this one
    Value first() const;                          ///< first child

    QString pointer() const;                      ///< RFC 6901, from the root (index-based for duplicates: first wins)
    Position position() const;
    qsizetype offset() const;

private:
    friend class Document;
    friend struct Builder;
    friend struct Splice;
    Value(const Document* doc, int node) : m_doc(doc), m_node(node) { }
    const Document* m_doc = nullptr;
    int m_node = -1;
};

/// An immutable parsed text. Cheap to move; copies share the bytes.
class Document
{
public:
    Document() = default;

    /// Strict: a syntax error, bytes that are not UTF-8 or nesting over 512 is an Error with `line:column` in `where`.
    /// Duplicate members are not an error; they are listed in problems().
    static base::Result<Document> parse(QByteArray text);
    /// Lenient: keeps whatever stands before the first fault and says in problems() what is wrong.
    static Document read(QByteArray text);

    Value root() const;
    Value find(QStringView pointer) const; ///< RFC 6901; missing Value when there is none
    const QByteArray& source() const { return m_source; }
    const QList<Problem>& problems() const { return m_problems; }
    bool complete() const { return m_complete; } ///< the whole text was one JSON value

    /// The document with the value at pointer replaced by the JSON text `value`; a missing last member or "-" is
    /// appended. Everything else stays byte for byte. Error when the parent does not exist.
    base::Result<Document> with(QStringView pointer, QByteArrayView value) const;
    /// The document without the member or element at pointer.
    base::Result<Document> without(QStringView pointer) const;

private:
    friend class Value;
    friend struct Builder;
    friend struct Splice;
    struct Node
    {
        Type type {};
        int parent = -1;
        int next = -1;       ///< next sibling
        int children = 0;
        qsizetype start = 0; ///< offset of the value in the source
        qsizetype end = -1;  ///< -1 for strings: found when asked for
        qsizetype text = 0;  ///< offset and length in m_unescaped: string content or number
        qsizetype textSize = 0;
        qsizetype key = -1;
        qsizetype keySize = 0;
    };
    qsizetype endOf(int node) const;
    qsizetype endOfKey(int node) const;
    qsizetype endOfString(qsizetype content) const;

    QByteArray m_source {};
    QByteArray m_unescaped {};      ///< the source, with every string unescaped where it stands
    std::vector<Node> m_nodes {};   ///< in source order: a container's first child follows it
    QList<Problem> m_problems {};
    bool m_complete = false;
};

/// A JSON string literal with quotes.
QByteArray quoted(QStringView text);
/// The same JSON, members and order kept, laid out with two blanks per level (indent < 0: on one line).
QByteArray formatted(const Value& value, int indent = 2);

} // namespace json
