// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/clientdocuments.h"
#include "core/lab/completion.h"
#include "core/lab/manifest.h"
#include "core/lab/sites.h"

namespace lab {

/// A lab that runs: what its servers share, and the servers. Ends with its object.
struct Stage
{
    explicit Stage(int threads)
        : documents(2, {.connections = 16})
        , server(threads, {.connections = 64})
    {
    }
    ~Stage();

    setup::Bindings bindings {};
    Certified authority {};
    std::unique_ptr<World> world {};
    std::unique_ptr<ClientDocuments> clientDocuments {};
    std::vector<std::unique_ptr<Site>> sites {};
    QHash<QString, QByteArray> certificateKeys {}; ///< as in Completed
    QString keyFolder {}; ///< where the pretended Azure Arc agent keeps its key file
    QString manifestPath {};
    QStringList files {}; ///< removed at the end
    std::atomic<World*> open {
        nullptr}; ///< nullptr until everything is there: requests before that are told to wait
    http::Server documents; ///< clients' metadata documents: an authorization server waits for one while it answers
    http::Server server; ///< last: ends before what it serves
};

/// Slow (keys); everything happens on the calling thread. Writes the manifest into `folder` when the options
/// name none.
base::Result<std::unique_ptr<Stage>> makeStage(
    const setup::Setup& real, const Options& options, const QString& folder);

} // namespace lab
