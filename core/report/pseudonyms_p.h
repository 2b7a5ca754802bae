// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/report/rewrite_p.h"

#include <QHash>
#include <QSet>

#include <map>

namespace report {

/// "person", "person-3", "person-3@redacted.example": what stands for a person in a bundle.
bool isPseudonym(const QString& text);
/// Whether both may be the same text, where pseudonyms in one of them stand for anything.
bool sameButForPseudonyms(const QString& left, const QString& right);

/// Who is named in a run, and what stands in its place: equal values by equal ones, and only where a value is the whole text
/// or a word of it. Names of members, the run's own vocabulary and scopes stay; an ordinary word ("user", "token") names
/// nobody but in the claim that holds it.
class Pseudonyms
{
public:
    explicit Pseudonyms(const json::Value& run);

    QByteArray applied();
    qsizetype people() const { return m_people + m_before.size(); }
    qsizetype replaced() const { return m_replaced; }

private:
    void learnPseudonyms();
    void learnOrdinary(const json::Value& value, bool inClaims);
    void learn(const json::Value& value, bool inBody = false);
    void learnTexts(const json::Value& value, bool inBody);
    void learnBody(const json::Value& value);
    void learnHeader(const json::Value& header);
    void learnUser(const json::Value& user);
    void learnAddresses(const QString& text);
    void learnValue(const json::Value& value, bool inBody);
    void add(const QString& value);
    QString newPseudonym(const QString& ending = {});
    bool isOrdinary(const QString& value) const;

    QString instead(const json::Value& value, const NamePath& path);
    QString withoutNames(QString text);
    QString withoutWords(QString text);

    struct LongestFirst
    {
        bool operator()(const QString& a, const QString& b) const { return a.size() != b.size() ? a.size() > b.size() : a < b; }
    };
    json::Value m_run;
    std::map<QString, QString, LongestFirst> m_names {};
    std::map<QString, QString> m_ids {};    ///< a user's object in the setup
    QList<std::pair<QString, QString>> m_spelled {}; ///< every spelling of every name, with what stands in its place
    QHash<qsizetype, QString> m_places {};  ///< ordinary words that are a person's, by their offset
    QSet<QString> m_words {};
    QSet<QString> m_ordinary {};            ///< lower case
    QSet<QString> m_before {};              ///< pseudonyms that stood there already
    int m_number = 0;
    qsizetype m_people = 0;
    qsizetype m_replaced = 0;
};

} // namespace report
