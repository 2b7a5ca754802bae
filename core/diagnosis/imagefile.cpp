// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/imagefile_p.h"

#include "core/diagnosis/variables_p.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Takes lines one after the other (Dockerfile reference: format, here-documents).
class Reader
{
public:
    void take(int number, QString line)
    {
        static const QRegularExpression first(u"^([A-Za-z]+)\\s+(.*)$"_s);
        const bool comment = line.startsWith(u'#');
        if (!m_closing.isEmpty()) {
            if (line == m_closing)
                m_closing.clear();
            else
                m_found.back().lines.append({number, line});
            return;
        }
        if (line.isEmpty() || comment)
            return;
        const bool more = line.endsWith(u'\\');
        if (more)
            line.chop(1);
        if (const auto match = first.match(line); !m_open && match.hasMatch())
            m_found.append({match.captured(1).toUpper(), {{number, match.captured(2).trimmed()}}});
        else if (m_open && !m_found.isEmpty())
            m_found.back().lines.append({number, line.trimmed()});
        m_open = more;
        if (!more && !m_found.isEmpty())
            openDocument();
    }
    QList<ImageInstruction> found() const { return m_found; }

private:
    void openDocument()
    {
        static const QRegularExpression opens(u"<<-?[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?"_s);
        static const QStringList with {u"RUN"_s, u"COPY"_s, u"ADD"_s};
        if (with.contains(m_found.back().keyword))
            m_closing = opens.match(m_found.back().whole()).captured(1);
    }

    QList<ImageInstruction> m_found {};
    QString m_closing {};
    bool m_open = false; ///< the line before ended with a backslash
};

QString unquoted(const QString& value) { return QString(value).remove(u'"').remove(u'\''); }

/// ENV name value, ARG name: without an equals sign the rest of the line is the value.
bool isPlainPair(const ImageInstruction& instruction)
{
    static const QRegularExpression pair(u"^[A-Za-z_][A-Za-z0-9_]*="_s);
    return instruction.keyword != u"RUN" && !pair.match(instruction.lines.front().text).hasMatch();
}

} // namespace

QString ImageInstruction::whole() const
{
    QStringList texts;
    for (const Line& line : lines)
        texts.append(line.text);
    return texts.join(u' ');
}

QList<ImageInstruction> imageInstructions(const QByteArray& dockerfile)
{
    Reader reader;
    forLines(dockerfile, [&reader](int number, QByteArrayView line) { reader.take(number, QString::fromUtf8(line).trimmed()); });
    return reader.found();
}

QList<ImageVariable> variablesOf(const ImageInstruction& instruction)
{
    static const QRegularExpression pair(u"(?<![A-Za-z0-9_.$\\-])([A-Za-z_][A-Za-z0-9_]*)=(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s;&|\"']*)"_s);
    static const QStringList sets {u"ENV"_s, u"ARG"_s, u"RUN"_s};
    QList<ImageVariable> out;
    if (!sets.contains(instruction.keyword))
        return out;
    if (isPlainPair(instruction)) {
        const QString text = instruction.whole();
        out.append({text.section(u' ', 0, 0), unquoted(text.section(u' ', 1).trimmed()), instruction.lines.front().number});
        return out;
    }
    for (const ImageInstruction::Line& line : instruction.lines)
        for (auto it = pair.globalMatch(line.text); it.hasNext();) {
            const auto match = it.next();
            out.append({match.captured(1), unquoted(match.captured(2)), line.number});
        }
    return out;
}

} // namespace diagnosis
