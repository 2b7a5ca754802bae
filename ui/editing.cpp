// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "mainwindow.h"

#include "core/base/json.h"
#include "frame.h"
#include "ui/widgets/editstrip.h"
#include "ui/widgets/messagestrip.h"

#include <algorithm>

using namespace Qt::StringLiterals;

/// Changing a field of the setup where it is looked at: the line of Match that compares with it, or the finding about it.
namespace {

/// Of the line that is selected on the Match tab.
QString pointerOfCheck(const session::Session& session)
{
    const base::Place& place = session.selection();
    const flow::StepRecord* record = session.record(place.step);
    const auto verdict = record && record->truth ? record->truth : session.predicted(place.step);
    if (!verdict || place.part != u"match"_s)
        return {};
    const auto check = std::ranges::find(verdict->checks, place.claim, &base::Check::id);
    return check == verdict->checks.end() ? QString() : check->fixPointer;
}

/// The name of the object a field belongs to, or of the one around it.
QString ownerOf(const json::Document& document, QString pointer)
{
    while (pointer.contains(u'/')) {
        pointer.truncate(pointer.lastIndexOf(u'/'));
        const json::Value object = document.find(pointer);
        for (const char* member : {"displayName", "title", "name", "id"})
            if (const json::Value name = object[member]; name.isString() && !name.text().isEmpty())
                return name.text();
    }
    return u"the setup"_s;
}

/// As it is typed: texts without their quotes, everything else as JSON.
QString typed(const json::Value& value) { return value.isString() ? value.text() : QString::fromUtf8(value.raw()).simplified(); }

} // namespace

void MainWindow::editField()
{
    if (!m_hooks.editField)
        return;
    const base::Place& place = m_session.selection();
    const QString pointer = place.pointer.isEmpty() ? pointerOfCheck(m_session) : place.pointer;
    const json::Value value = pointer.isEmpty() ? json::Value() : m_session.setup().document.find(pointer);
    if (!value || value.isObject()) {
        m_frame->message().say(base::Severity::Info, u"Nothing to edit here"_s,
            u"Select a line of Match that compares with a field of the setup, or a finding about one, and press F2 again."_s, {});
        return;
    }
    const QString what = u"%1 of %2"_s.arg(pointer.section(u'/', -1).replace("~1"_L1, "/"_L1), ownerOf(m_session.setup().document, pointer));
    m_frame->edit().edit(what, typed(value), [this, pointer, isText = value.isString()](const QString& text) {
        return m_hooks.editField(pointer, isText ? json::quoted(text) : text.toUtf8());
    });
}
