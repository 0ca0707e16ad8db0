// Every page of pages.mjs before outside judges, in both languages, at 1280 and 320 pixels, with the portal's script and
// without: axe with every rule, the Nu HTML checker, and what the portal promises of every page (one heading, a language,
// a title, no sideways scrolling, few bytes, no dead links).
//
//   SHOTS=folder   also keeps a picture of each page at both widths
//   ONLY=words     looks only at the pages whose name holds the words
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { PAGES, PROVIDERS, open, prepare } from './pages.mjs'
import { launch, openWindow } from './support/browser.mjs'
import { startPortal } from './support/portal.mjs'
import { WORDS } from './support/words.mjs'

const WIDTHS = [1280, 320]
const SCRIPTS = ['script on', 'own script blocked']

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** Where axe cannot decide about contrast, and why a person could. */
const UNDECIDED_CONTRAST = [
  // “⋯” is no letter in axe's eyes; it has the colour of the text around it, 16:1.
  { selector: '.govuk-pagination__item--ellipsis' },
  // Words of a figure: axe takes the figure for a picture behind them. They have the page's own colour on the page's own ground.
  { selector: '.app-chart__name' },
  { selector: '.app-chart__value' },
]

/** What the HTML checker warns of, and why it stays. */
const KNOWN_WARNINGS = [
  // The style's own markup of a date; older screen readers need the role to read the hint.
  /^The “group” role is unnecessary for element “fieldset”/,
]

// Bytes sent for one page, compressed. The first is our own measure; the others are the portal's promises.
const BUDGET = { html: 25_000, css: 16_000, js: 12_000, font: 60_000, wasm: 120_000 }

const only = process.env.ONLY
const shots = process.env.SHOTS
const pages = PAGES.filter((entry) => !only || entry.name.includes(only))

let portal
let browser
let folder
const documents = new Map()
const links = new Map()
const opened = new Set()

before(async () => {
  // A proxy stands in front, so that a page can be asked for from an address of its own.
  // And there are providers of sign-in, which do not answer.
  portal = await startPortal({ env: { PORTAL_PROXIES: '1' }, file: () => PROVIDERS })
  browser = await launch()
  folder = await mkdtemp(path.join(tmpdir(), 'pages-'))
  if (shots) await mkdir(shots, { recursive: true })
})

after(async () => {
  await browser?.close()
  await portal?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

for (const lang of ['sv', 'en']) {
  describe(`pages in ${lang}`, () => {
    for (const entry of pages.filter(({ languages }) => !languages || languages.includes(lang))) {
      test(entry.name, async () => {
        const faults = []
        for (const script of SCRIPTS) faults.push(...(await look(entry, lang, script)))
        assert.deepEqual(faults, [])
      })
    }
  })
}

/** Opens a page once and shows it to the judges at each width. */
async function look(entry, lang, script) {
  const faults = []
  const note = (what) => faults.push(`${script}: ${what}`)
  const { visitor, known } = await prepare(entry, portal, lang)
  const { context, page, notes } = await openWindow(browser, portal.base, script, entry.from && { extraHTTPHeaders: { 'x-forwarded-for': entry.from } })
  const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: portal.base, httpOnly: true, sameSite: 'Lax' }))
  await context.addCookies(cookies)
  const answers = []
  const sent = new Set()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (response.request().isNavigationRequest() && response.request().frame() === page.mainFrame()) {
      answers.push(response)
      opened.add(response.url())
    }
    if (pathname.startsWith('/assets/')) sent.add(pathname)
  })
  // Some pages know their own address only from the window.
  if (entry.status === 403) await page.goto(portal.base)
  await open(entry, page, WORDS[lang].prefix, known, visitor)
  await page.waitForLoadState('load')
  // With script, a page is what its islands have made of it.
  if (script === 'script on' && (await page.locator('leptos-island').count()) > 0) await page.locator('html[data-islands=ready]').waitFor()

  const answer = answers.at(-1)
  const status = entry.status ?? 200
  if (answer.status() !== status) note(`answered ${answer.status()}, not ${status}`)
  const html = await answer.text()
  documents.set(`${lang} ${entry.name}`, html)
  for (const what of await structure(page, entry, lang, html)) note(what)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    for (const what of await fits(page)) note(`${width}: ${what}`)
    for (const what of await axe(context, page)) note(`${width}: ${what}`)
    if (shots && script === 'script on' && lang === 'sv') {
      const name = entry.name.replaceAll(/[^a-z0-9]+/g, '-')
      await page.screenshot({ path: path.join(shots, `${name}-${width}.png`), fullPage: true })
    }
  }
  for (const what of await weight(html, sent)) note(what)
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  for (const href of await page.locator('a[href]').evaluateAll((all) => all.map((link) => link.href))) {
    if (href.startsWith(portal.base) && !entry.examples) links.set(href.split('#')[0], { from: entry.name, cookie })
  }
  for (const what of notes) if (!(status >= 500 && what.startsWith(`fault ${status}`))) note(what)
  await context.close()
  await entry.restore?.(portal)
  return faults
}

/** What holds on every page. */
async function structure(page, entry, lang, html) {
  const faults = []
  const headings = await page.locator('h1').count()
  if (headings !== 1) faults.push(`${headings} headings of level 1`)
  const said = await page.locator('html').getAttribute('lang')
  if (said !== lang) faults.push(`the document's language is ${said}`)
  const title = await page.title()
  if (!/^.{2,} – Brå$/u.test(title)) faults.push(`the title is ${title}`)
  const error = title.startsWith(WORDS[lang].error)
  if (error !== Boolean(entry.error)) faults.push(`the title ${error ? 'says' : 'does not say'} that there are errors: ${title}`)
  const summaries = await page.locator('.govuk-error-summary').count()
  if (!entry.examples && summaries !== (entry.error ? 1 : 0)) faults.push(`${summaries} summaries of errors`)
  if (/<script(?![^>]*\b(src|type="application\/ld\+json"))/.test(html)) faults.push('a script stands in the page')
  if (/\sstyle="|\son[a-z]+="|<style/.test(html.replace(/<script[\s\S]*?<\/script>/g, ''))) faults.push('style or handlers stand in the page')
  const words = await page.locator('body').innerText()
  const hole = words.match(/\$\{|\{\w*\}|\bundefined\b|\bNone\b|\bSome\(/)
  if (hole) faults.push(`a hole in a sentence: ${hole[0]}`)
  return faults
}

/** Nothing is wider than the window. */
async function fits(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 1)
    return [`scrolls sideways: ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(' | ')}`]
  })
}

/** axe with every rule of its tags; run by the browser's own door, since the page's policy lets no foreign script in. */
async function axe(context, page) {
  const door = await context.newCDPSession(page)
  const run = `${AXE};axe.run(document, ${JSON.stringify({
    runOnly: { type: 'tag', values: AXE_TAGS },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations', 'incomplete'],
  })}).then((result) => JSON.stringify({ violations: result.violations, incomplete: result.incomplete }))`
  const { result, exceptionDetails } = await door.send('Runtime.evaluate', { expression: run, awaitPromise: true, returnByValue: true })
  await door.detach()
  if (exceptionDetails) return [`axe broke off: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`]
  const { violations, incomplete } = JSON.parse(result.value)
  const undecided = incomplete
    .filter(({ id }) => id === 'color-contrast')
    .map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !explained(node)) }))
    .filter(({ nodes }) => nodes.length > 0)
  return [...violations, ...undecided].map(({ id, nodes }) => `axe ${id}: ${nodes.slice(0, 4).map((node) => `${node.target} ${node.html.slice(0, 160)} [${node.any?.[0]?.message ?? ''}]`).join(' | ')}`)
}

function explained(node) {
  return UNDECIDED_CONTRAST.some(({ selector }) => node.target.some((target) => target.includes(selector)))
}

/** Bytes that a browser of today fetches for the page on a first visit. */
async function weight(html, sent) {
  const bytes = { html: 0, css: 0, js: 0, font: 0, wasm: 0 }
  const faults = []
  const { brotliCompressSync, constants } = await import('node:zlib')
  // The server compresses pages as it goes, so at a lower level than assets.
  bytes.html = brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length
  for (const pathname of sent) {
    const kind = { '.css': 'css', '.js': 'js', '.woff2': 'font', '.wasm': 'wasm' }[path.extname(pathname)]
    if (kind) bytes[kind] += await bytesOf(pathname)
    if (pathname.endsWith('.wasm') && !html.includes('<leptos-island')) faults.push('fetches wasm without an island')
  }
  for (const [kind, most] of Object.entries(BUDGET)) {
    if (bytes[kind] > most) faults.push(`sends ${bytes[kind]} bytes of ${kind}, more than ${most}`)
  }
  return faults
}

const measured = new Map()

function bytesOf(pathname) {
  if (!measured.has(pathname)) {
    measured.set(
      pathname,
      new Promise((resolve, reject) => {
        const asked = request(new URL(pathname, portal.base), { headers: { 'accept-encoding': 'br, gzip' } }, (response) => {
          let count = 0
          response.on('data', (chunk) => (count += chunk.length))
          response.on('end', () => resolve(count))
        })
        asked.on('error', reject)
        asked.end()
      }),
    )
  }
  return measured.get(pathname)
}

test('every page is right in the eyes of the Nu HTML checker', async () => {
  const files = []
  for (const [name, html] of documents) {
    const file = path.join(folder, `${name.replaceAll(/[^a-z0-9]+/g, '-')}.html`)
    await writeFile(file, html)
    files.push(file)
  }
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar')
  const { messages } = JSON.parse(await checker(['-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', ...files]))
  const faults = messages
    .filter(({ type, subType }) => type === 'error' || type === 'non-document-error' || subType === 'warning')
    .filter(({ message, subType }) => subType !== 'warning' || !KNOWN_WARNINGS.some((known) => known.test(message)))
    .map(({ url, lastLine, lastColumn, message, extract }) => `${path.basename(url)} ${lastLine}:${lastColumn} ${message} ${(extract ?? '').trim()}`)
  assert.deepEqual(faults, [])
  assert.ok(files.length > 0)
})

function checker(words) {
  return new Promise((resolve, reject) => {
    execFile('java', words, { maxBuffer: 64e6 }, (error, stdout, stderr) => (error ? reject(new Error(stderr || error.message)) : resolve(stdout)))
  })
}

test('no link of any page is dead', async () => {
  const dead = []
  for (const [href, { from, cookie }] of links) {
    const response = await fetch(href, { redirect: 'manual', headers: { cookie } })
    await response.body?.cancel()
    if (response.status >= 400 && !deliberate(from)) dead.push(`${href} on “${from}” answers ${response.status}`)
  }
  assert.deepEqual(dead, [])
})

/** The language switch of a page that shows an error leads to the same error. */
function deliberate(from) {
  return (PAGES.find(({ name }) => name === from).status ?? 200) >= 400
}

// The list is complete: every page that the portal declares is opened by someone above.
test('every route that shows a page is in the list', { skip: Boolean(only) && 'only some pages were opened' }, async () => {
  const folder = new URL('../src/', import.meta.url)
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.rs'))
  const sources = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')))
  const routes = sources.flatMap((source) => [...source.matchAll(/\.get\(\s*[A-Z][^"]*"(\/[^"]*)"/g)].map(([, route]) => route))
  assert(routes.length > 100, `${routes.length} routes`)
  const files = /^\/(assets|halsa|omslag)\/|\/filer\/\{(id|hash)\}$|\/omslag\/\{cover\}\/|\.(csv|ics|json|pdf|xml|txt)$|\{file\}$|\/fil$|^\/mina-sidor\/kvar$/
  // An address is of the route that names most of it: /organisation/ny is not somebody's organisation.
  const shape = (route) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
  const exact = routes.toSorted((one, other) => one.split('{').length - other.split('{').length)
  const addresses = [...opened].map((address) => new URL(address).pathname.replace(/^\/en(?=\/|$)/, '') || '/')
  const asked = new Set(addresses.map((address) => exact.find((route) => shape(route).test(address))))
  const missing = routes.filter((route) => !files.test(route) && !asked.has(route))
  assert.deepEqual(missing, [])
})
