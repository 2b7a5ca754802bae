// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

#include <QStringList>

namespace app {

/// One form of the open setup, and the faults that were on with it.
struct Edit
{
    setup::Setup setup {};
    QStringList faults {};
};

/// What became of the setup since it was opened: undo, redo, and whether the form that is shown stands in a file.
class Edits
{
public:
    /// What a setup belongs to. What is tried out on a sample is play, and nobody is asked to save it.
    enum class Home { Sample, File, Nowhere };

    /// Another setup is open; there is nothing to undo.
    void start(Edit edit, Home home);
    /// The open setup changed. What had been undone is gone.
    void add(Edit edit);
    /// Other faults are on with the form that is shown.
    void setFaults(const QStringList& faults) { m_edits[m_at].faults = faults; }
    /// The form that is shown was written to its file.
    void setSaved(const setup::Setup& saved);
    /// What is shown now was given up by whoever made it.
    void discard() { m_asked = false; }

    const Edit& now() const { return m_edits[m_at]; }
    bool canUndo() const { return m_at > 0; }
    bool canRedo() const { return m_at + 1 < m_edits.size(); }
    const Edit& undo() { return m_edits[--m_at]; }
    const Edit& redo() { return m_edits[++m_at]; }
    bool isUnsaved() const;

private:
    static constexpr qsizetype mostEdits = 100;

    QList<Edit> m_edits {Edit {}};
    qsizetype m_at = 0;
    QByteArray m_saved {}; ///< the text that stands in the file
    bool m_asked = false;  ///< unsaved work is asked for
};

} // namespace app
