// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/jsonfault_p.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace json {

namespace {

using Code = documentjson::ParseErrorCode;

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

char byteAt(const QByteArray& source, qsizetype offset)
{
    return offset < source.size() ? source[offset] : '\0';
}

/// The last byte before `offset` that is no layout.
char byteBefore(const QByteArray& source, qsizetype offset)
{
    while (offset > 0 && blank(source[offset - 1]))
        --offset;
    return offset > 0 ? source[offset - 1] : '\0';
}

/// The word, string or sign at an offset, short enough for a sentence.
QString tokenAt(const QByteArray& source, qsizetype offset)
{
    qsizetype end = offset;
    if (byteAt(source, offset) == '"') {
        const qsizetype close = source.indexOf('"', offset + 1);
        end = close < 0 ? source.size() : close + 1;
    } else {
        while (end < source.size() && std::strchr("{}[],:\"", source[end]) == nullptr && !blank(source[end]))
            ++end;
        end = std::max(end, std::min(offset + 1, source.size()));
    }
    const QString token = base::visible(QString::fromUtf8(source.sliced(offset, end - offset)));
    return base::elidedMiddle(token.startsWith(u'"') ? token : u'“' + token + u'”', 40);
}

/// RapidJSON points into a misspelt word; its first letter says more.
qsizetype startOfWord(const QByteArray& source, qsizetype offset)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    while (offset > 0 && letter(source[offset - 1]))
        --offset;
    return offset;
}

QString closing(Type inside) { return inside == Type::Array ? u"]"_s : u"}"_s; }

QString missingName(const QByteArray& source, qsizetype offset)
{
    const char c = byteAt(source, offset);
    if (c == '}')
        return u"a comma stands after the last member. Remove the comma."_s;
    if (c == '\'')
        return u"a name stands in single quotes. Write it in double quotes."_s;
    if (c == ',')
        return u"a member is missing between two commas. Remove one of them."_s;
    return u"%1 is not a member name. A name stands in double quotes."_s.arg(tokenAt(source, offset));
}

QString invalidValue(const QByteArray& source, qsizetype offset)
{
    const char c = byteAt(source, offset);
    const char before = byteBefore(source, offset);
    if ((c == ']' || c == '}') && before == ',')
        return u"a comma stands after the last element. Remove the comma."_s;
    if (c == '}' || c == ']' || c == ',')
        return before == ':' ? u"a value is missing after the colon."_s : u"a value is missing here."_s;
    if (c == '\'')
        return u"a text stands in single quotes. Write it in double quotes."_s;
    const QString token = tokenAt(source, offset);
    const QString lower = token.toLower();
    if (lower == u"“true”" || lower == u"“false”" || lower == u"“null”")
        return u"%1 has capital letters. Write %2."_s.arg(token, lower);
    if (lower == u"“none”" || lower == u"“nil”" || lower == u"“undefined”")
        return u"%1 is not JSON. Write null."_s.arg(token);
    if (lower == u"“nan”" || lower.endsWith(u"infinity”"))
        return u"%1 is not a JSON number."_s.arg(token);
    if (c == '+' || c == '.' || (c >= '0' && c <= '9') || c == '-')
        return u"%1 is not a number as JSON writes them."_s.arg(token);
    return u"%1 is not a value. A text stands in double quotes."_s.arg(token);
}

QString missingComma(const QByteArray& source, qsizetype offset, Type inside)
{
    const char c = byteAt(source, offset);
    const QString token = tokenAt(source, offset);
    const char before = byteBefore(source, offset);
    if (before == '0' && c >= '0' && c <= '9')
        return u"a number has a leading zero. Remove the zero."_s;
    if ((c == '}' || c == ']') && closing(inside) != QChar::fromLatin1(c))
        return u"“%1” is missing before “%2”."_s.arg(closing(inside), QChar::fromLatin1(c));
    if (c == ':')
        return u"a colon stands where a comma or “%1” belongs."_s.arg(closing(inside));
    return u"a comma is missing before %1."_s.arg(token);
}

QString endOfText(const QByteArray& source, Type inside)
{
    if (std::all_of(source.begin(), source.end(), blank))
        return u"the text is empty. A JSON value belongs here."_s;
    if (inside == Type::Null)
        return u"the text ends before the value is complete."_s;
    return inside == Type::Array ? u"the text ends inside an array. “]” is missing."_s
                                 : u"the text ends inside an object. “}” is missing."_s;
}

QString insideString(const QByteArray& source, qsizetype offset)
{
    const char c = byteAt(source, offset);
    if (c == '\n' || c == '\r')
        return u"a text ends with the line. Its closing quote is missing, or the line break belongs in it as \\n."_s;
    if (offset >= source.size())
        return u"the text ends inside a string. Its closing quote is missing."_s;
    if (uchar(c) < 0x20)
        return u"the control character %1 stands inside a string. Write it as \\u%2."_s.arg(
            base::codePoint(uchar(c)), QString::number(int(c), 16).rightJustified(4, u'0'));
    return u"a string has no closing quote."_s;
}

QString words(Code code, qsizetype offset, const QByteArray& source, Type inside)
{
    using enum documentjson::ParseErrorCode;
    const char c = byteAt(source, offset);
    if (c == '/' && (byteAt(source, offset + 1) == '/' || byteAt(source, offset + 1) == '*'))
        return u"a comment stands here. JSON has no comments."_s;
    const bool inString = code == kParseErrorStringMissQuotationMark
        || (code == kParseErrorStringEscapeInvalid && c != '\\') || code == kParseErrorStringInvalidEncoding;
    if (inString)
        return insideString(source, offset);
    if (offset >= source.size())
        return endOfText(source, inside);
    switch (code) {
    case kParseErrorDocumentEmpty:
        return endOfText(source, inside);
    case kParseErrorDocumentRootNotSingular:
        return u"%1 stands after the end of the JSON value."_s.arg(tokenAt(source, offset));
    case kParseErrorObjectMissName:
        return missingName(source, offset);
    case kParseErrorObjectMissColon:
        return u"a colon is missing before %1."_s.arg(tokenAt(source, offset));
    case kParseErrorObjectMissCommaOrCurlyBracket:
    case kParseErrorArrayMissCommaOrSquareBracket:
        return missingComma(source, offset, inside);
    case kParseErrorStringUnicodeEscapeInvalidHex:
        return u"four hex digits belong after \\u."_s;
    case kParseErrorStringUnicodeSurrogateInvalid:
        return u"half of a surrogate pair stands alone. Both halves belong together."_s;
    case kParseErrorStringEscapeInvalid:
        return u"\\%1 is not an escape of JSON. A backslash itself is written \\\\."_s.arg(
            base::visible(QString::fromUtf8(source.sliced(offset + 1, offset + 1 < source.size() ? 1 : 0))));
    case kParseErrorNumberTooBig:
        return u"this number is too large to be read."_s;
    case kParseErrorNumberMissFraction:
        return u"a digit belongs after the decimal point."_s;
    case kParseErrorNumberMissExponent:
        return u"a digit belongs in the exponent."_s;
    default:
        return invalidValue(source, offset);
    }
}

} // namespace

Fault fault(documentjson::ParseErrorCode code, qsizetype offset, const QByteArray& source, Type inside)
{
    qsizetype at = std::min(offset, source.size());
    if (code == documentjson::kParseErrorValueInvalid)
        at = startOfWord(source, at);
    if (code == documentjson::kParseErrorTermination)
        return {u"json-depth"_s, u"values are nested more than %1 deep."_s.arg(mostLevels), at};
    return {u"json-syntax"_s, words(code, at, source, inside), at};
}

Position positionOf(QByteArrayView source, qsizetype offset)
{
    const QByteArrayView before = source.first(std::min(offset, source.size()));
    return {1 + int(std::count(before.begin(), before.end(), '\n')),
        1 + int(before.size() - (before.lastIndexOf('\n') + 1))};
}

QString sentence(const Fault& fault, const QByteArray& source)
{
    const Position at = positionOf(source, fault.offset);
    return u"Line %1, column %2: "_s.arg(at.line).arg(at.column) + fault.text;
}

} // namespace json
