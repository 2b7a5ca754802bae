// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "svg.h"

#include "core/base/text.h"
#include "core/chain/words.h"

#include <QHash>

namespace report {

using namespace Qt::StringLiterals;

namespace {

constexpr int nodeWidth = 190, nodeHeight = 64, gap = 150, margin = 24, rowHeight = 150, titleHeight = 64;
constexpr int perRow = 4; // a page wide enough to be read

struct Colours
{
    const char* state;
    const char* colour;
    const char* dash;
    const char* word;
};
// As on screen: a word and a form beside each colour.
constexpr Colours states[] = {
    {"accepted", "#17714b", "", "Accepted"}, {"refused", "#c2251f", "", "Refused"}, {"failed", "#644200", "6 4", "No answer"},
    {"predicted", "#44546a", "6 4", "Predicted"}, {"underWay", "#44546a", "6 4", "Under way"}, {"notReached", "#7c8794", "1 5", "Not reached"},
};

const Colours& coloursOf(const QString& state)
{
    for (const Colours& each : states)
        if (state == QLatin1StringView(each.state))
            return each;
    return states[5];
}

QString e(const QString& text) { return base::visible(text).toHtmlEscaped(); }
QString shortened(const QString& text, int most) { return base::elidedMiddle(text, most); }

QString textAt(int x, int y, const QString& text, const char* style)
{
    return u"<text x=\"%1\" y=\"%2\" %3>%4</text>"_s.arg(x).arg(y).arg(QLatin1StringView(style), e(text));
}

struct Place
{
    int x = 0, y = 0;
};

Place placeOf(int index) { return {margin + (index % perRow) * (nodeWidth + gap), titleHeight + margin + (index / perRow) * rowHeight}; }

QString node(const json::Value& party, const Place& at)
{
    QString out = u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"5\" fill=\"#fff\" stroke=\"#7c8794\"/>"_s.arg(at.x).arg(at.y).arg(nodeWidth).arg(nodeHeight);
    out += textAt(at.x + 12, at.y + 27, shortened(party["title"].text(), 24), "font-weight=\"600\" fill=\"#1a2028\"");
    return out + textAt(at.x + 12, at.y + 48, chain::partyWordOf(party["kind"].text()), "font-size=\"12\" fill=\"#566070\"");
}

/// Straight between neighbours; around the corner to another row.
QString link(const json::Value& l, const Place& from, const Place& to)
{
    const Colours& c = coloursOf(l["state"].text());
    const bool level = from.y == to.y && to.x > from.x;
    const int x1 = level ? from.x + nodeWidth : from.x + nodeWidth / 2, y1 = level ? from.y + nodeHeight / 2 : from.y + nodeHeight;
    const int x2 = level ? to.x : to.x + nodeWidth / 2, y2 = level ? to.y + nodeHeight / 2 : (to.y > from.y ? to.y : to.y + nodeHeight);
    const int middle = (y1 + y2) / 2 + (level || to.y > from.y ? 0 : 26);
    const QString path = level ? u"M%1 %2 L%3 %4"_s.arg(x1).arg(y1).arg(x2).arg(y2) : u"M%1 %2 V%3 H%4 V%5"_s.arg(x1).arg(y1).arg(middle).arg(x2).arg(y2);
    QString out = u"<path d=\"%1\" fill=\"none\" stroke=\"%2\" stroke-width=\"2\" stroke-dasharray=\"%3\" marker-end=\"url(#tip)\"/>"_s.arg(path, QLatin1StringView(c.colour), QLatin1StringView(c.dash));
    const int tx = (x1 + x2) / 2, ty = level ? y1 : middle;
    out += textAt(tx, ty - 8, shortened(l["evidence"].text(), 18), "text-anchor=\"middle\" font-size=\"13\" fill=\"#1a2028\"");
    return out + u"<text x=\"%1\" y=\"%2\" text-anchor=\"middle\" font-size=\"12\" font-weight=\"600\" fill=\"%3\">%4</text>"_s.arg(tx).arg(ty + 18).arg(QLatin1StringView(c.colour), QLatin1StringView(c.word));
}

} // namespace

QByteArray chainSvg(const json::Value& run)
{
    const json::Value chain = run["chain"];
    QHash<QString, Place> places;
    QString nodes, links;
    int count = 0;
    for (json::Value p = chain["parties"].first(); p; p = p.next()) {
        const Place at = placeOf(count++);
        places.insert(p["id"].text(), at);
        nodes += node(p, at);
    }
    for (json::Value l = chain["links"].first(); l; l = l.next())
        if (places.contains(l["from"].text()) && places.contains(l["to"].text()))
            links += link(l, places.value(l["from"].text()), places.value(l["to"].text()));
    const int width = 2 * margin + std::min(std::max(count, 1), perRow) * (nodeWidth + gap) - gap;
    const int height = titleHeight + margin + ((std::max(count, 1) - 1) / perRow + 1) * rowHeight;
    QString out = u"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" viewBox=\"0 0 %1 %2\" font-family=\"sans-serif\" font-size=\"14\">"_s.arg(std::max(width, 480)).arg(height);
    out += u"<title>%1</title><defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"6\" markerHeight=\"6\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 Z\" fill=\"#4a5462\"/></marker></defs>"_s.arg(e(run["flowTitle"].text()));
    out += u"<rect width=\"100%\" height=\"100%\" fill=\"#fafbfc\"/>"_s;
    out += textAt(margin, 32, run["flowTitle"].text(), "font-size=\"20\" font-weight=\"600\" fill=\"#1a2028\"");
    out += textAt(margin, 54, u"Root of trust: %1. %2"_s.arg(chain["rootText"].text(), chain["rootDetail"].text()), "fill=\"#4a5462\"");
    return QString(out + links + nodes + u"</svg>\n"_s).toUtf8();
}

} // namespace report
