// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// pdf_bench report|document RUN.json OUT.pdf: milliseconds from the read document to the saved file.
//   report     the run as PDF      document   QTextDocument with a table of as many rows, five cells each

#include "app/pdfreport.h"

#include <QApplication>
#include <QFile>
#include <QPdfWriter>
#include <QTextDocument>

#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QString tableOf(qsizetype rows)
{
    QString html = u"<table border=1>"_s;
    for (qsizetype row = 0; row < rows; ++row) {
        html += u"<tr>"_s;
        for (int cell = 0; cell < 5; ++cell)
            html += u"<td>row %1 cell %2</td>"_s.arg(row).arg(cell);
        html += u"</tr>"_s;
    }
    return html + u"</table>"_s;
}

bool save(const QString& name, const QByteArray& bytes)
{
    QFile out(name);
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size();
}

void print(const QString& html, const QString& name)
{
    QTextDocument document;
    document.setHtml(html);
    QPdfWriter writer(name);
    document.print(&writer);
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    QFile file(argc == 4 ? QString::fromLocal8Bit(argv[2]) : QString());
    if (!file.open(QIODevice::ReadOnly))
        return 2;
    const json::Document document = json::Document::read(file.readAll());
    const QString out = QString::fromLocal8Bit(argv[3]);
    const auto start = std::chrono::steady_clock::now();
    if (QByteArrayView(argv[1]) == "document")
        print(tableOf(document.root()["steps"].size()), out);
    else if (!save(out, app::pdfReport(document.root())))
        return 3;
    std::printf("%.3f\n", std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
}
