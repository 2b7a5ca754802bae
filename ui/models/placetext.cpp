// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "placetext.h"

using namespace Qt::StringLiterals;

int stepNumber(const session::Session& session, const QString& stepId)
{
    int number = 0;
    for (const flow::Step& step : session.flow().steps) {
        ++number;
        if (step.id == stepId)
            return number;
    }
    return 0;
}

QString objectName(const setup::Setup& setup, const QString& pointer)
{
    // "/apps/2/credentials/0" is a place in the third app: the first two tokens name the object.
    const QStringList tokens = pointer.split(u'/', Qt::SkipEmptyParts);
    if (tokens.size() < 2)
        return tokens.value(0);
    const json::Value object = setup.document.find(QString(u'/' + tokens[0] + u'/' + tokens[1]));
    for (const char* member : {"displayName", "title", "name", "id"})
        if (const json::Value name = object[member]; name.isString() && !name.text().isEmpty())
            return name.text();
    return tokens.last();
}

QString placeText(const session::Session& session, const base::Place& place)
{
    const int number = stepNumber(session, place.step);
    if (!number) {
        const QString name = objectName(session.setup(), place.pointer);
        return name.isEmpty() ? u"Setup"_s : u"Setup, %1"_s.arg(name);
    }
    if (!place.claim.isEmpty())
        return u"Step %1, %2"_s.arg(number).arg(place.claim);
    if (place.part.startsWith("token:"_L1))
        return u"Step %1, %2"_s.arg(number).arg(place.part.mid(6));
    return u"Step %1"_s.arg(number);
}
