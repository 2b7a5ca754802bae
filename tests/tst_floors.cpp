// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// Reads the sources themselves: who includes whom, and the few rules that no compiler holds.

#include <QDirIterator>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Floor
{
    const char* folder;
    const char* below; ///< blank-separated floors it may include; its own is understood
};
// The picture in CONTRIBUTING.md, one row a floor.
constexpr Floor floors[] = {
    {"core/base", ""},
    {"core/jose", "core/base"},
    {"core/http", "core/base"},
    {"core/setup", "core/http core/jose core/base"},
    {"core/trust", "core/setup core/http core/jose core/base"}, // of http only the request and response as values
    {"core/flow", "core/setup core/http core/jose core/base"},
    {"core/entra", "core/flow core/setup core/http core/jose core/base"},
    {"core/federation", "core/flow core/setup core/http core/jose core/base"},
    {"core/catalog", "core/entra core/federation core/flow core/setup core/http core/jose core/base"},
    {"core/chain", "core/trust core/flow core/setup core/http core/jose core/base"},
    {"core/diagnosis", "core/chain core/catalog core/trust core/flow core/setup core/http core/jose core/base"},
    {"core/session", "core/diagnosis core/chain core/catalog core/entra core/federation core/trust core/flow core/setup core/http core/jose core/base"},
    {"core/report", "core/session core/diagnosis core/chain core/catalog core/entra core/federation core/trust core/flow core/setup core/http core/jose core/base"},
    {"core/lab", "core/trust core/setup core/http core/jose core/base"},
    {"ui", "core/report core/session core/diagnosis core/chain core/catalog core/entra core/federation core/lab core/trust core/flow core/setup core/http core/jose core/base"},
    {"app", "ui core/report core/session core/diagnosis core/chain core/catalog core/entra core/federation core/lab core/trust core/flow core/setup core/http core/jose core/base"},
};

struct Ban
{
    const char* what;    ///< regular expression on a line
    const char* where;   ///< regular expression on the path it holds for
    const char* allowed; ///< regular expression on the path that may, or "" for none
    const char* why;
};
constexpr Ban bans[] = {
    {R"(#include <(Q(Widget|Application|GuiApplication|Painter|Pixmap|Image|Icon|Color|Font|Palette|Dialog|MainWindow|Screen|Window|Clipboard|DesktopServices)\b|QtGui|QtWidgets))",
     "^core/", "", "core has no Gui and no Widgets"},
    {R"(#include <openssl/)", "", "^core/jose/|^core/lab/certificate|^core/http/server\\.cpp$|^tests/", "OpenSSL stays behind jose, the lab's certificates and the server"},
    {R"(setInsecureFallback\s*\(\s*true)", "", "", "a keychain never falls back to plain text"},
    {R"(\b(processEvents|QEventLoop)\b)", "^(core|ui|app)/", "", "nothing waits in a nested event loop"},
    {R"(\b(std::)?shared_ptr\b|\bQSharedPointer\b)", "^(core|ui|app)/", "", "values and single owners"},
    {R"(\bQSKIP\b)", "", "", "what cannot start is a failure, not a skip"},
    {R"(#include "\.\.?/)", "^(core|ui|app)/", "", "includes are written from the project root"},
};

QString root() { return QStringLiteral(SOURCE_DIR); }

QStringList filesUnder(const QStringList& folders, const QStringList& names)
{
    QStringList files;
    for (const QString& folder : folders) {
        QDirIterator it(root() + u'/' + folder, names, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = QDir(root()).relativeFilePath(it.next());
            if (!path.contains(u"node_modules/"_s))
                files.append(path);
        }
    }
    files.sort();
    return files;
}

QStringList sources() { return filesUnder({u"core"_s, u"ui"_s, u"app"_s, u"tests"_s}, {u"*.h"_s, u"*.cpp"_s}); }
QStringList product() { return sources().filter(QRegularExpression(u"^(core|ui|app)/"_s)); }

QStringList linesOf(const QString& path)
{
    QFile file(root() + u'/' + path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text.split(u'\n');
}

/// The files of the project that `path` includes, from the root.
QStringList includesOf(const QString& path)
{
    static const QRegularExpression pattern(uR"(^\s*#\s*include\s*"([^"]+)\")"_s);
    const QString folder = path.section(u'/', 0, -2);
    QStringList included;
    for (const QString& line : linesOf(path)) {
        const auto match = pattern.match(line);
        if (!match.hasMatch())
            continue;
        const QString name = match.captured(1);
        const QString sibling = QDir::cleanPath(QString(folder + u'/' + name));
        included.append(QFile::exists(QString(root() + u'/' + sibling)) ? sibling : name);
    }
    return included;
}

const Floor* floorOf(const QString& path)
{
    for (const Floor& floor : floors)
        if (path.startsWith(QString(QLatin1StringView(floor.folder) + u'/')))
            return &floor;
    return nullptr;
}

bool mayInclude(const Floor& from, const Floor& to)
{
    return &from == &to || QString::fromLatin1(from.below).split(u' ').contains(QLatin1StringView(to.folder));
}

QHash<QString, QStringList> includeGraph()
{
    QHash<QString, QStringList> graph;
    for (const QString& file : product())
        graph.insert(file, includesOf(file));
    return graph;
}

/// The first circle reachable from `at`, as the way round; empty when there is none.
QStringList circleFrom(const QString& at, const QHash<QString, QStringList>& graph, QStringList& way, QSet<QString>& done)
{
    if (const qsizetype start = way.indexOf(at); start >= 0)
        return way.mid(start) << at;
    if (done.contains(at))
        return {};
    way.append(at);
    for (const QString& next : graph.value(at))
        if (const QStringList circle = circleFrom(next, graph, way, done); !circle.isEmpty())
            return circle;
    way.removeLast();
    done.insert(at);
    return {};
}

} // namespace

class Floors : public QObject
{
    Q_OBJECT

private slots:
    void includesGoDownOnly();
    void tableHasNoCircles();
    void filesHaveNoCircles();
    void nothingBanned_data();
    void nothingBanned();
    void everyFileIsLicensed();
    void filesFitInTheHead();
    void namesNoMachine();
};

void Floors::includesGoDownOnly()
{
    QStringList wrong;
    const QStringList files = product();
    QVERIFY(files.size() > 50);
    for (const QString& file : files) {
        const Floor* from = floorOf(file);
        QVERIFY2(from, qPrintable(QString(file + u" stands on no floor"_s)));
        for (const QString& included : includesOf(file)) {
            const Floor* to = floorOf(included);
            const bool generated = included.startsWith(u"ui_"_s) || included.endsWith(u".moc"_s);
            if (!generated && (!to || !mayInclude(*from, *to)))
                wrong.append(file + u" -> "_s + included);
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void Floors::tableHasNoCircles()
{
    // Two floors that may include each other would be one floor.
    for (const Floor& a : floors)
        for (const Floor& b : floors)
            QVERIFY2(&a == &b || !mayInclude(a, b) || !mayInclude(b, a), a.folder);
}

void Floors::filesHaveNoCircles()
{
    const QHash<QString, QStringList> graph = includeGraph();
    QSet<QString> done;
    for (const QString& file : product()) {
        QStringList way;
        QCOMPARE(circleFrom(file, graph, way, done).join(u" -> "_s), QString {});
    }
}

void Floors::nothingBanned_data()
{
    QTest::addColumn<int>("ban");
    for (int i = 0; i < int(std::size(bans)); ++i)
        QTest::addRow("%s", bans[i].why) << i;
}

void Floors::nothingBanned()
{
    QFETCH(int, ban);
    const QRegularExpression what(QString::fromLatin1(bans[ban].what));
    const QRegularExpression where(QString::fromLatin1(bans[ban].where));
    const QRegularExpression allowed(QString::fromLatin1(bans[ban].allowed));
    QStringList wrong;
    for (const QString& file : sources()) {
        if (file.endsWith(u"tst_floors.cpp"_s) || !where.match(file).hasMatch())
            continue;
        if (!allowed.pattern().isEmpty() && allowed.match(file).hasMatch())
            continue;
        const QStringList lines = linesOf(file);
        for (qsizetype i = 0; i < lines.size(); ++i)
            if (what.match(lines.at(i)).hasMatch())
                wrong.append(u"%1:%2 %3"_s.arg(file).arg(i + 1).arg(lines.at(i).trimmed()));
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void Floors::everyFileIsLicensed()
{
    const QStringList scripts = filesUnder({u"tests"_s, u"packaging"_s, u"app"_s, u"core"_s, u"ui"_s},
        {u"*.mjs"_s, u"*.sh"_s});
    QStringList wrong;
    for (const QString& file : sources() + scripts) {
        const QString head = linesOf(file).mid(0, 4).join(u'\n');
        if (!head.contains(u"SPDX-FileCopyrightText:"_s) || !head.contains(u"SPDX-License-Identifier: Apache-2.0"_s))
            wrong.append(file);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void Floors::filesFitInTheHead()
{
    QStringList wrong;
    for (const QString& file : product())
        if (const qsizetype lines = linesOf(file).size(); lines > 400)
            wrong.append(u"%1 has %2 lines"_s.arg(file).arg(lines));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void Floors::namesNoMachine()
{
    // What only holds where it was written: absolute folders of one machine, and neighbours of the project's folder.
    static const QRegularExpression local(u"(^|[^\\w.])/" "(work|root|home)/\\w|\\.\\./" "shared"_s);
    const QStringList files = filesUnder({u"core"_s, u"ui"_s, u"app"_s, u"tests"_s, u"packaging"_s, u".ci"_s, u"resources"_s}, {u"*"_s})
        + QStringList {u"README.md"_s, u"CONTRIBUTING.md"_s, u"CMakeLists.txt"_s, u"CMakePresets.json"_s};
    QStringList wrong;
    for (const QString& file : files) {
        if (file.endsWith(u".png"_s))
            continue;
        const QStringList lines = linesOf(file);
        for (qsizetype i = 0; i < lines.size(); ++i)
            if (local.match(lines.at(i)).hasMatch())
                wrong.append(u"%1:%2 %3"_s.arg(file).arg(i + 1).arg(lines.at(i).trimmed().left(100)));
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

QTEST_GUILESS_MAIN(Floors)
#include "tst_floors.moc"
