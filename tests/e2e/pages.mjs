// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Goes through the lab's sign-in pages by plain HTTP, guided by the manifest alone. node must trust the lab's authority.

import assert from 'node:assert/strict';

const unescaped = (text) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

function attributes(tag) {
  const found = [...tag.matchAll(/([\w-]+)\s*=\s*"([^"]*)"/g)].map(([, name, value]) => [name.toLowerCase(), unescaped(value)]);
  return Object.fromEntries(found);
}

/** The page of the manifest that an HTML text is, its action and its hidden inputs. */
function pageIn(html, manifest) {
  for (const [, head, content] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)) {
    const form = attributes(head);
    const page = manifest.signIn.pages.find((each) => each.formId === form.id);
    if (!page) continue;
    const inputs = [...content.matchAll(/<input\b[^>]*>/gi)].map(([tag]) => attributes(tag));
    return { page, action: form.action, hidden: inputs.filter((input) => input.type === 'hidden') };
  }
  return assert.fail(`no form of the manifest in: ${html.slice(0, 500)}`);
}

function filledIn({ page, hidden }, user) {
  const body = new URLSearchParams(hidden.map((input) => [input.name, input.value]));
  for (const field of page.fields) body.append(field.name, user[field.value]);
  body.append(page.submit.name, page.submit.value);
  return body;
}

/** Signs in at `address` and gives the first address outside the authority's origin: the redirect to the client. */
export async function signIn(address, manifest, user) {
  const origin = new URL(address).origin;
  const cookies = new Map();
  let url = new URL(address);
  let request = {};
  for (let hop = 0; hop < 12; ++hop) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(url, { redirect: 'manual', ...request, headers: cookie ? { cookie } : {} });
    for (const line of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    if (reply.status >= 300 && reply.status < 400) {
      url = new URL(reply.headers.get('location'), url);
      request = {};
      if (url.origin !== origin) return url;
      continue;
    }
    const html = await reply.text();
    assert.equal(reply.status, 200, html.slice(0, 500));
    const form = pageIn(html, manifest);
    url = new URL(form.action ?? url, url);
    request = { method: 'POST', body: filledIn(form, user) };
  }
  return assert.fail('the sign-in does not end');
}
