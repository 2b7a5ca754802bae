// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"

#include <QTest>

/// Requests and signatures of AWS's published Signature Version 4 test suite (AWS General Reference, "Signature Version 4
/// test suite"; the last two rows: IAM User Guide, "Create a signed AWS API request", and S3 API Reference, "Signature
/// calculations for the Authorization header").
namespace awsvectors {

inline constexpr auto suiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
inline constexpr auto s3Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

inline void rows()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<http::Headers>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QByteArray>("signature");
    const http::Headers plain {{"Host", "example.amazonaws.com"}, {"X-Amz-Date", "20150830T123600Z"}};
    const auto with = [&plain](const QByteArray& name, const QByteArray& value) {
        http::Headers headers = plain;
        headers.append(http::Header {name, value});
        return headers;
    };
    const auto row = [](const char* name, const char* method, const char* url, const http::Headers& headers, const char* signature,
                         const char* body = "", const char* secret = suiteSecret, const char* service = "service") {
        QTest::newRow(name) << QByteArray(method) << QByteArray(url) << headers << QByteArray(body) << QByteArray(secret) << QByteArray(service)
                            << QByteArray(signature);
    };
    row("get-vanilla", "GET", "https://example.amazonaws.com/", plain, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    row("post-vanilla", "POST", "https://example.amazonaws.com/", plain, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    row("get-vanilla-query-order-key-case", "GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1", plain,
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    row("get-vanilla-query-order-value", "GET", "https://example.amazonaws.com/?Param1=value2&Param1=Value1", plain,
        "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1");
    row("post-vanilla-query", "POST", "https://example.amazonaws.com/?Param1=value1", plain,
        "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11");
    row("post-x-www-form-urlencoded", "POST", "https://example.amazonaws.com/", with("Content-Type", "application/x-www-form-urlencoded"),
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a", "Param1=value1");
    row("post-header-value-case", "POST", "https://example.amazonaws.com/", with("My-Header1", "VALUE1"),
        "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d");
    row("IAM ListUsers", "GET", "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
        {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}, {"Host", "iam.amazonaws.com"}, {"X-Amz-Date", "20150830T123600Z"}},
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", "", suiteSecret, "iam");
    row("S3 GetObject", "GET", "https://examplebucket.s3.amazonaws.com/test.txt",
        {{"Host", "examplebucket.s3.amazonaws.com"}, {"Range", "bytes=0-9"}, {"X-Amz-Date", "20130524T000000Z"},
            {"X-Amz-Content-Sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}},
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", "", s3Secret, "s3");
}

} // namespace awsvectors
