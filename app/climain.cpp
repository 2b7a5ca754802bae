#include "app/cli/cli.h"
#include "app/hardening.h"
#include <QCoreApplication>
int main(int argc, char** argv)
{
    app::harden();
    QCoreApplication::setApplicationName(QStringLiteral("Trustwalk"));
    QCoreApplication core(argc, argv);
    return cli::run(core.arguments().mid(1));
}
