// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "edits.h"

namespace app {

void Edits::start(Edit edit, Home home)
{
    m_saved = home == Home::Nowhere ? QByteArray() : edit.setup.document.source();
    m_asked = home != Home::Sample;
    m_edits = {std::move(edit)};
    m_at = 0;
}

void Edits::add(Edit edit)
{
    m_edits.resize(m_at + 1);
    m_edits.append(std::move(edit));
    if (m_edits.size() > mostEdits)
        m_edits.removeFirst();
    m_at = m_edits.size() - 1;
}

void Edits::setSaved(const setup::Setup& saved)
{
    m_saved = saved.document.source();
    m_asked = true;
    // All forms belong to the file now, whichever is shown when it is saved next.
    for (Edit& edit : m_edits) {
        edit.setup.file = saved.file;
        edit.setup.onDisk = saved.onDisk;
    }
}

bool Edits::isUnsaved() const { return m_asked && now().setup.document.source() != m_saved; }

} // namespace app
