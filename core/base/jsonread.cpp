// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/jsonfault_p.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

using namespace Qt::StringLiterals;

namespace json {

namespace {

// A hostile document may have a million odd places; a person reads the first few.
constexpr qsizetype mostProblems = 50;

// Up to here every pair of names is compared: cheaper than sorting, and nearly every object is smaller.
constexpr int fewMembers = 24;

constexpr auto flags = documentjson::kParseInsituFlag | documentjson::kParseNumbersAsStringsFlag
    | documentjson::kParseIterativeFlag;

/// A number that a receiver working with IEEE doubles reads differently from what stands there.
bool losesDigits(QByteArrayView digits)
{
    if (digits.size() <= 15 && !digits.contains('e') && !digits.contains('E'))
        return false;
    const bool whole = std::ranges::none_of(digits, [](char c) { return c == '.' || c == 'e' || c == 'E'; });
    double value = 0;
    const auto result = std::from_chars(digits.begin(), digits.end(), value);
    if (result.ec != std::errc {} || !std::isfinite(value))
        return true;
    if (whole)
        return std::abs(value) > 9007199254740992.0 || digits == "9007199254740993"
            || digits == "-9007199254740993";
    // 17 significant digits survive the way there and back.
    const auto mantissaEnd = std::ranges::find_if(digits, [](char c) { return c == 'e' || c == 'E'; });
    const auto significant = std::count_if(
        std::find_if(digits.begin(), mantissaEnd, [](char c) { return c >= '1' && c <= '9'; }), mantissaEnd,
        [](char c) { return c >= '0' && c <= '9'; });
    return significant > 17;
}

} // namespace

/// Takes RapidJSON's events and lays the nodes down in source order.
struct Builder
{
    using Kind = Problem::Kind;
    struct Open
    {
        int node = -1;
        int last = -1; ///< the latest child
    };

    Document& doc;
    char* base = nullptr;
    documentjson::InsituStringStream stream;
    std::array<Open, size_t(mostLevels) + 1> open {};
    int depth = 0; ///< open[0] stands for the document
    qsizetype key = -1;
    qsizetype keySize = 0;
    qsizetype unlisted = 0;
    bool escapes = false;

    Builder(Document& document, qsizetype start)
        : doc(document)
        , base(document.m_unescaped.data())
        , stream(base + start)
        , escapes(document.m_source.contains('\\'))
    {
        doc.m_nodes.reserve(size_t(std::clamp<qsizetype>(doc.m_source.size() / 24, 4, 4096)));
    }

    qsizetype here() const { return stream.src_ - base; }

    int add(Type type, qsizetype start, qsizetype end)
    {
        const int index = int(doc.m_nodes.size());
        Open& parent = open[size_t(depth)];
        doc.m_nodes.push_back({.type = type,
            .parent = parent.node,
            .start = start,
            .end = end,
            .key = key,
            .keySize = keySize});
        if (parent.node >= 0) {
            ++doc.m_nodes[size_t(parent.node)].children;
            if (parent.last >= 0)
                doc.m_nodes[size_t(parent.last)].next = index;
        }
        parent.last = index;
        key = -1;
        keySize = 0;
        return index;
    }

    // What RapidJSON calls. Words are called with the stream behind them, brackets with the stream upon them.
    bool Null() { return add(Type::Null, here() - 4, here()) >= 0; }
    bool Bool(bool b) { return add(Type::Bool, here() - (b ? 4 : 5), here()) >= 0; }
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(int64_t) { return false; }
    bool Uint64(uint64_t) { return false; }
    bool Double(double) { return false; }

    bool RawNumber(const char* text, documentjson::SizeType size, bool)
    {
        const qsizetype start = text - base;
        const int node = add(Type::Number, start, start + size);
        if (losesDigits({text, qsizetype(size)}))
            list(Kind::Number, node, u"the number %1 does not survive a reader that works with doubles"_s);
        return true;
    }

    bool String(const char* text, documentjson::SizeType size, bool)
    {
        const qsizetype start = text - base;
        const int node = add(Type::String, start - 1, -1);
        doc.m_nodes[size_t(node)].text = start;
        doc.m_nodes[size_t(node)].textSize = size;
        if (escapes && firstInvalidUtf8({text, qsizetype(size)}) >= 0 && validSource(node))
            list(Kind::Encoding, node, u"%1 holds half of a surrogate pair"_s);
        return true;
    }

    bool Key(const char* text, documentjson::SizeType size, bool)
    {
        key = text - base;
        keySize = size;
        return true;
    }

    bool enter(Type type)
    {
        if (depth >= mostLevels)
            return false;
        const int node = add(type, here(), -1);
        open[size_t(++depth)] = {node, -1};
        return true;
    }
    bool StartObject() { return enter(Type::Object); }
    bool StartArray() { return enter(Type::Array); }

    void leave(qsizetype end)
    {
        const int node = open[size_t(depth--)].node;
        doc.m_nodes[size_t(node)].end = end;
        if (doc.m_nodes[size_t(node)].type == Type::Object)
            findDuplicates(node);
    }
    bool EndObject(documentjson::SizeType) { return leave(here() + 1), true; }
    bool EndArray(documentjson::SizeType) { return leave(here() + 1), true; }

    QByteArrayView keyOf(int node) const
    {
        const auto& n = doc.m_nodes[size_t(node)];
        return {base + n.key, n.keySize};
    }

    /// The lone surrogate came from an escape; bytes that are wrong in the source are listed on their own.
    bool validSource(int node) const { return firstInvalidUtf8(Value(&doc, node).raw()) < 0; }

    void list(Problem::Kind kind, int node, const QString& text)
    {
        if (doc.m_problems.size() >= mostProblems) {
            ++unlisted;
            return;
        }
        const Value value(&doc, node);
        const QString subject
            = kind == Kind::Number || value.key().isEmpty() ? value.display() : value.keyText();
        doc.m_problems.append({text.arg(subject), value.pointer(), value.offset(), kind});
    }

    void listDuplicate(int node)
    {
        list(Kind::Duplicate, node, u"the member \"%1\" stands here more than once"_s);
    }

    void findDuplicates(int object)
    {
        const int members = doc.m_nodes[size_t(object)].children;
        if (members < 2)
            return;
        if (members <= fewMembers)
            compareEach(object);
        else
            compareSorted(object, members);
    }

    /// Length and both ends of a name in one number: what differs here needs no closer look.
    quint32 tagOf(int node) const
    {
        const QByteArrayView name = keyOf(node);
        return name.isEmpty()
            ? 0
            : quint32(name.size()) << 16 | quint32(uchar(name.front())) << 8 | uchar(name.back());
    }

    void compareEach(int object)
    {
        std::array<quint32, fewMembers> tags {};
        std::array<int, fewMembers> nodes {};
        size_t count = 0;
        for (int child = object + 1; child >= 0; child = doc.m_nodes[size_t(child)].next) {
            const quint32 tag = tagOf(child);
            for (size_t i = 0; i < count; ++i) {
                if (tags[i] == tag && keyOf(nodes[i]) == keyOf(child)) {
                    listDuplicate(child);
                    break;
                }
            }
            tags[count] = tag;
            nodes[count++] = child;
        }
    }

    void compareSorted(int object, int members)
    {
        std::vector<int> order;
        order.reserve(size_t(members));
        for (int child = object + 1; child >= 0; child = doc.m_nodes[size_t(child)].next)
            order.push_back(child);
        std::ranges::stable_sort(order, [this](int a, int b) { return keyOf(a) < keyOf(b); });
        std::vector<int> repeated;
        for (size_t i = 1; i < order.size(); ++i) {
            if (keyOf(order[i]) == keyOf(order[i - 1]))
                repeated.push_back(order[i]);
        }
        std::ranges::sort(repeated);
        for (int node : repeated)
            listDuplicate(node);
    }

    Type inside() const
    {
        return depth > 0 ? doc.m_nodes[size_t(open[size_t(depth)].node)].type : Type::Null;
    }

    std::optional<Fault> run()
    {
        char memory[1024];
        documentjson::MemoryPoolAllocator<> pool(memory, sizeof memory);
        documentjson::GenericReader<documentjson::UTF8<>, documentjson::UTF8<>,
            documentjson::MemoryPoolAllocator<>>
            reader(&pool, 512);
        const qsizetype start = here();
        const documentjson::ParseResult result = reader.Parse<flags>(stream, *this);
        std::optional<Fault> fault;
        if (result.IsError())
            fault = json::fault(result.Code(), start + qsizetype(result.Offset()), doc.m_source, inside());
        else if (here() < doc.m_source.size()) // a NUL byte ends the text for RapidJSON
            fault = Fault {u"json-syntax"_s, u"a NUL byte stands after the end of the JSON value."_s, here()};
        const qsizetype end = fault ? fault->offset : doc.m_source.size();
        while (depth > 0)
            leave(end);
        if (unlisted > 0)
            doc.m_problems.append({u"and %1 more places like these"_s.arg(unlisted), {}, end, Kind::Other});
        return fault;
    }

    static std::optional<Fault> read(Document& doc, QByteArray text)
    {
        doc.m_source = std::move(text);
        doc.m_unescaped = QByteArray(doc.m_source.size() + bytesBehindText, Qt::Uninitialized);
        char* copy = doc.m_unescaped.data();
        std::memcpy(copy, doc.m_source.constData(), size_t(doc.m_source.size()));
        std::memset(copy + doc.m_source.size(), 0, bytesBehindText);
        const bool mark = doc.m_source.startsWith("\xef\xbb\xbf");
        if (mark)
            doc.m_problems.append({u"a byte order mark stands before the JSON"_s, {}, 0, Kind::Encoding});
        Builder builder(doc, mark ? 3 : 0);
        auto fault = builder.run();
        doc.m_complete = !fault;
        return fault;
    }
};

base::Result<Document> Document::parse(QByteArray text)
{
    const qsizetype invalid = firstInvalidUtf8(text);
    if (invalid >= 0) {
        const Position at = positionOf(text, invalid);
        return base::fail(u"json-encoding"_s,
            u"Line %1, column %2: the byte 0x%3 is not UTF-8. Save the text as UTF-8."_s.arg(at.line)
                .arg(at.column)
                .arg(uint(uchar(text[invalid])), 2, 16, QChar(u'0')),
            u"%1:%2"_s.arg(at.line).arg(at.column));
    }
    Document doc;
    if (const auto fault = Builder::read(doc, std::move(text))) {
        const Position at = positionOf(doc.m_source, fault->offset);
        return base::fail(
            fault->code, sentence(*fault, doc.m_source), u"%1:%2"_s.arg(at.line).arg(at.column));
    }
    return doc;
}

Document Document::read(QByteArray text)
{
    Document doc;
    const auto fault = Builder::read(doc, std::move(text));
    const qsizetype invalid = firstInvalidUtf8(doc.m_source);
    if (invalid >= 0) {
        doc.m_problems.append(
            {u"the byte 0x%1 is not UTF-8"_s.arg(uint(uchar(doc.m_source[invalid])), 2, 16, QChar(u'0')), {},
                invalid, Problem::Kind::Encoding});
    }
    if (fault)
        doc.m_problems.append({sentence(*fault, doc.m_source), {}, fault->offset, Problem::Kind::Fault});
    return doc;
}

} // namespace json
