// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// report_bench html|plain RUN.json OUT: megabytes of the run a second, from the read document to the saved file.
//   html   the HTML report      plain   the same text escaped for HTML and nothing more: what any report has to do

#include "core/base/json.h"
#include "core/report/html.h"

#include <QFile>
#include <QSaveFile>

#include <chrono>
#include <cstdio>

int main(int argc, char** argv)
{
    QFile file(argc == 4 ? QString::fromLocal8Bit(argv[2]) : QString());
    if (!file.open(QIODevice::ReadOnly))
        return 2;
    const QByteArray text = file.readAll();
    const json::Document document = json::Document::read(text);
    const bool plain = QByteArrayView(argv[1]) == "plain";
    constexpr int rounds = 5;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i) {
        QSaveFile out(QString::fromLocal8Bit(argv[3]));
        if (!out.open(QIODevice::WriteOnly))
            return 3;
        out.write(plain ? QString::fromUtf8(text).toHtmlEscaped().toUtf8() : report::html(document.root()));
        if (!out.commit())
            return 3;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%.3f\n", double(text.size()) * rounds / 1e6 / seconds);
}
