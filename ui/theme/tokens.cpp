// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "state.h"

#include <QPalette>

#include <array>

namespace theme {
namespace {

struct Row
{
    Token token;
    QRgb light;
    QRgb dark;
    QRgb contrast;
};

// Every text colour holds 4.5:1 on surface, window, raised, the selected row and its own tint.
constexpr std::array<Row, size_t(Token::Count)> table {{
    {Token::Text, 0x1A2028, 0xE8EBF0, 0xFFFFFF},
    {Token::Text2, 0x4A5462, 0xB6BFCA, 0xFFFFFF},
    {Token::Text3, 0x566070, 0xA4AFBC, 0xE6E6E6},
    {Token::Accent, 0x1F2A3A, 0xE3E8F0, 0xFFE45C},
    {Token::Accept, 0x17714B, 0x7FE08A, 0x7CFF9B},
    {Token::Refuse, 0xC2251F, 0xFF8F80, 0xFFA38A},
    {Token::Warn, 0x644200, 0xFBC74C, 0xFFD24A},
    {Token::NotEval, 0x56606E, 0xAAB4C0, 0xE0E0E0},
    {Token::Predicted, 0x44546A, 0xB9C7DC, 0xDCE6F5},
    {Token::User, 0xA8328F, 0xF98DB8, 0xFFA6DB},
    {Token::Mi, 0x00408F, 0x6EC4FF, 0x8CCBFF},
    {Token::Blueprint, 0x6244E0, 0xB2A1FF, 0xD3B8FF},
    {Token::Agent, 0x0A6468, 0x86DCCB, 0x6FE9E3},
    {Token::Resource, 0x7A4019, 0xDFAA55, 0xF2C77F},
    {Token::Outside, 0x666A00, 0xEAE36E, 0xD5E36B},
    {Token::Downstream, 0x3A4352, 0xCDD7EC, 0xC9D6EC},
    {Token::Window, 0xF3F4F6, 0x1B1F25, 0x000000},
    {Token::Surface, 0xFFFFFF, 0x22272E, 0x000000},
    {Token::Raised, 0xFAFBFC, 0x282E36, 0x000000},
    {Token::Sunken, 0xE9ECF0, 0x15181D, 0x000000},
    {Token::Select, 0xE2E7EF, 0x343D4A, 0x1A2A80},
    {Token::Hover, 0xEEF1F5, 0x2C323B, 0x26262B},
    {Token::Line, 0xD3D8DF, 0x3A424D, 0xFFFFFF},
    {Token::LineStrong, 0x7C8794, 0x7F8B99, 0xFFFFFF},
    {Token::OnAccent, 0xFFFFFF, 0x15181D, 0x000000},
    {Token::AcceptBg, 0xE4F3E8, 0x20362A, 0x000000},
    {Token::RefuseBg, 0xFCE9E6, 0x43281F, 0x000000},
    {Token::WarnBg, 0xFBF0D6, 0x3B3119, 0x000000},
    {Token::NotEvalBg, 0xECEFF3, 0x2C323B, 0x000000},
    {Token::DiffBg, 0xFFDDD2, 0x652E1F, 0x7A1E00},
}};

constexpr bool inOrder()
{
    for (size_t i = 0; i < table.size(); ++i)
        if (table[i].token != Token(i))
            return false;
    return true;
}
static_assert(inOrder(), "the table is indexed by token");

Token partyToken(flow::PartyKind kind)
{
    switch (kind) {
    case flow::PartyKind::User: return Token::User;
    case flow::PartyKind::ManagedIdentity: return Token::Mi;
    case flow::PartyKind::Blueprint: return Token::Blueprint;
    case flow::PartyKind::Agent: return Token::Agent;
    case flow::PartyKind::App: // an app registration too: the resource's hue, its own silhouette
    case flow::PartyKind::Resource: return Token::Resource;
    case flow::PartyKind::Outside: return Token::Outside;
    case flow::PartyKind::Downstream: return Token::Downstream;
    case flow::PartyKind::Issuer:
    case flow::PartyKind::Host: break;
    }
    return Token::Text2;
}

QColor mixed(const QColor& over, const QColor& under, double share)
{
    const auto part = [share](int a, int b) { return int(a * share + b * (1 - share) + 0.5); };
    return {part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue())};
}

} // namespace

QColor color(Token token)
{
    const Row& row = table[size_t(token)];
    switch (column()) {
    case Column::Light: return QColor::fromRgb(row.light);
    case Column::Dark: return QColor::fromRgb(row.dark);
    case Column::HighContrast: return QColor::fromRgb(row.contrast);
    }
    return {};
}

QColor partyColor(flow::PartyKind kind)
{
    return color(partyToken(kind));
}

QColor partyTint(flow::PartyKind kind)
{
    const double share = column() == Column::Light ? 0.10 : column() == Column::Dark ? 0.16 : 0.0;
    return mixed(partyColor(kind), paper(), share);
}

QColor outcomeColor(base::Outcome outcome)
{
    switch (outcome) {
    case base::Outcome::Pass: return color(Token::Accept);
    case base::Outcome::Fail: return color(Token::Refuse);
    case base::Outcome::Warning: return color(Token::Warn);
    case base::Outcome::NotEvaluated: break;
    }
    return color(Token::NotEval);
}

QColor decisionColor(base::Decision decision)
{
    switch (decision) {
    case base::Decision::Accept: return color(Token::Accept);
    case base::Decision::Refuse: return color(Token::Refuse);
    case base::Decision::NotEvaluated: break;
    }
    return color(Token::NotEval);
}

QColor decisionBackground(base::Decision decision)
{
    switch (decision) {
    case base::Decision::Accept: return color(Token::AcceptBg);
    case base::Decision::Refuse: return color(Token::RefuseBg);
    case base::Decision::NotEvaluated: break;
    }
    return color(Token::NotEvalBg);
}

QColor stateColor(flow::StepState state)
{
    switch (state) {
    case flow::StepState::Accepted: return color(Token::Accept);
    case flow::StepState::Refused:
    case flow::StepState::Failed: return color(Token::Refuse);
    case flow::StepState::Waiting:
    case flow::StepState::Sending: return color(Token::Text);
    case flow::StepState::NotReached:
    case flow::StepState::Skipped: break;
    }
    return color(Token::Text2);
}

QColor severityColor(base::Severity severity)
{
    switch (severity) {
    case base::Severity::Error: return color(Token::Refuse);
    case base::Severity::Warning: return color(Token::Warn);
    case base::Severity::Info: break;
    }
    return color(Token::NotEval);
}

QPalette palette()
{
    QPalette p(color(Token::Text), color(Token::Surface), color(Token::Hover), color(Token::LineStrong),
        color(Token::Line), color(Token::Text), color(Token::Text), color(Token::Surface), color(Token::Window));
    p.setColor(QPalette::AlternateBase, color(Token::Raised));
    p.setColor(QPalette::PlaceholderText, color(Token::Text3));
    p.setColor(QPalette::Highlight, color(Token::Select));
    p.setColor(QPalette::HighlightedText, color(Token::Text));
    p.setColor(QPalette::Link, color(Token::Text));
    p.setColor(QPalette::LinkVisited, color(Token::Text));
    p.setColor(QPalette::ToolTipBase, color(Token::Raised));
    p.setColor(QPalette::ToolTipText, color(Token::Text));
    p.setColor(QPalette::BrightText, color(Token::Refuse));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, color(Token::Text3));
    return p;
}

} // namespace theme
