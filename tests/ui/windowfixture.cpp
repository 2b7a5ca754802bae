// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "windowfixture.h"

#include "core/lab/faults.h"
#include "core/setup/file.h"
#include "ui/theme.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 15000; // ms; a lab makes keys when it starts

} // namespace

WindowFixture::WindowFixture()
    : m_settings(std::make_unique<Settings>(m_folder.filePath(u"settings.ini"_s)))
{
    Hooks hooks {
        .openSetup = [this](const QString& what) { m_opened.append(what); },
        .createSetup = [this](const QByteArray&, const QString& title) { m_opened.append(title); },
        .setAgainst = [this](session::Against against) { m_walker.open(m_walker.setup(), against); },
        .setFault = [](const QString&, bool) {},
        .redeploy = [this] { m_opened.append(u"redeployed"_s); },
        .setOption = [this](int option) { m_opened.append(u"option %1"_s.arg(option)); },
        .restartLab = [] {},
        .saveReport = [] {},
        .applyFix = [](const base::Check&) {},
        .editField = [](const QString&, const QByteArray&) { return QString(); },
        .saveSetup = [] {},
        .samples = setup::sampleIds(),
        .describe = [](const QString& id) {
            const auto sample = setup::sample(id);
            return sample ? Hooks::Sample {id, sample->title, sample->summary} : Hooks::Sample {id, id, {}};
        },
    };
    for (const lab::Fault& fault : lab::faults())
        hooks.faults.append({QString::fromLatin1(fault.id), QString::fromUtf8(fault.title), QString::fromUtf8(fault.breaks), QString::fromLatin1(fault.recipes)});
    m_window = std::make_unique<MainWindow>(m_walker.session(), std::move(hooks), *m_settings);
}

WindowFixture::~WindowFixture() = default;

bool WindowFixture::open(const QString& sample, const QStringList& faults)
{
    auto setup = setup::load(sample);
    if (!setup)
        return false;
    QSignalSpy opened(&m_walker, &app::Walker::opened);
    m_walker.setFaults(faults);
    m_walker.open(std::move(*setup), session::Against::Lab);
    if (opened.isEmpty() && !opened.wait(patience))
        return false;
    LabStatus status {.state = LabStatus::State::Running, .address = u"127.0.0.1"_s, .manifest = m_walker.lab().manifestPath(), .faults = faults};
    for (const auto& endpoint : m_walker.lab().endpoints())
        status.endpoints.append({endpoint.name, endpoint.url});
    m_window->setLab(status);
    m_window->setKeychain(setup::KeychainState::Ready);
    return true;
}

bool WindowFixture::idle()
{
    return QTest::qWaitFor([this] { return !session().isBusy(); }, patience);
}

bool WindowFixture::next()
{
    m_window->actions()[Actions::Id::Next]->trigger();
    return idle();
}

bool WindowFixture::runAll()
{
    QSignalSpy finished(&session(), &session::Session::finished);
    m_window->actions()[Actions::Id::RunAll]->trigger();
    return !finished.isEmpty() || finished.wait(patience);
}
