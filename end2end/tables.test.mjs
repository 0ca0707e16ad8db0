// A table of the staff as somebody works with it, with script off, on, and by keyboard alone: narrowed, put in order, its
// columns chosen, kept as a view that a colleague sees, and taken away as a file.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, openWindow, words } from './support/browser.mjs'
import { Keyboard, Pointer } from './support/hands.mjs'
import { startPortal } from './support/portal.mjs'
import { Visitor } from './support/visitor.mjs'

const WAYS = [
  { way: 'script off', mode: 'script off', Hand: Pointer },
  { way: 'script on', mode: 'script on', Hand: Pointer },
  { way: 'keyboard alone', mode: 'script on', Hand: Keyboard },
]

const LIST = '/handlaggare/bestallningar'

let portal
let browser
let numbers

before(async () => {
  portal = await startPortal()
  browser = await launch()
  numbers = []
  for (const name of ['beata', 'anna', 'cecilia']) {
    const buyer = new Visitor(portal.base)
    await buyer.put('/publikationer/2021/umea-vaxer-tryggt-och-sakert', 1)
    const { receipt } = await buyer.order({ email: `${name}@example.se` })
    numbers.push(receipt.match(/B\d+/)[0])
  }
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

async function signedIn(name, mode) {
  const person = new Visitor(portal.base)
  await person.enterAs(name)
  const window = await openWindow(browser, portal.base, mode)
  await window.context.addCookies(
    [...person.cookies].map(([name, value]) => ({ name, value, url: portal.base, httpOnly: true, sameSite: 'Lax' })),
  )
  return window
}

const heads = (page) => page.locator('main thead th').allInnerTexts()
/** The orders of this test, as they stand in the list; the demonstration has some of its own. */
const rows = async (page) => (await page.locator('main tbody th').allInnerTexts()).filter((number) => numbers.includes(number))

for (const { way, mode, Hand } of WAYS) {
  test(`a table is narrowed, arranged, kept as a view, shared and taken away: ${way}`, async () => {
    const { context, page, notes } = await signedIn('Lars', mode)
    const hand = new Hand(page)
    await page.goto(LIST)
    assert.deepEqual(await rows(page), [...numbers].reverse())

    // One buyer by the address, then all who wait, the oldest first.
    await hand.fill('Sök beställningar', 'anna@example.se')
    await hand.press('Visa')
    await page.waitForURL(/q=anna/)
    assert.deepEqual(await rows(page), [numbers[1]])
    assert.equal(await page.locator('main tbody th').count(), 1)
    await hand.fill('Sök beställningar', '')
    await hand.press('Visa')
    await page.waitForURL((url) => !url.searchParams.get('q'))
    await hand.follow(/^Nummer|^Beställd/)
    await page.waitForURL(/sortera=|ordning=/)
    assert.deepEqual(await rows(page), numbers)
    assert.equal(await page.locator('main thead th[aria-sort=ascending]').count(), 1)

    // A column more, kept with filters and order as a view that colleagues see.
    await hand.follow('Välj kolumner')
    await hand.tick('E-postadress')
    await hand.press('Spara kolumnerna')
    await page.waitForURL((url) => url.pathname === LIST)
    assert.ok((await heads(page)).includes('E-postadress'))
    assert.ok((await words(page.locator('main tbody'))).includes('beata@example.se'))
    await hand.follow('Spara som vy')
    const name = `Äldst först ${way}`
    await hand.fill('Namn', name)
    await hand.pick('Vem ser vyn?', 'Alla som ser listan')
    await hand.press('Spara vyn')
    await page.waitForURL((url) => url.pathname === LIST && url.searchParams.has('vy'))

    // A colleague finds it and sees the same.
    const erik = await signedIn('Erik', mode)
    await erik.page.goto(LIST)
    await erik.page.getByRole('link', { name, exact: true }).click()
    await erik.page.waitForURL(/vy=/)
    assert.deepEqual(await rows(erik.page), numbers)
    assert.ok((await heads(erik.page)).includes('E-postadress'))
    assert.deepEqual(erik.notes, [])
    await erik.context.close()

    // As a file, with what is seen; it is made while the page waits, and the page comes again by itself.
    await hand.follow('Exportera')
    await hand.choose('CSV')
    await hand.choose('De kolumner som visas i listan')
    await hand.press('Exportera')
    await page.getByRole('button', { name: /^Hämta filen/ }).waitFor()
    const address = await page.getByRole('button', { name: /^Hämta filen/ }).getAttribute('href')
    const file = await (await context.request.get(address)).text()
    const lines = file.replace('\ufeff', '').trim().split(/\r?\n/)
    assert.match(lines[0], /^Nummer;.*E-postadress/)
    const listed = lines.slice(1).map((line) => line.split(';')[0])
    assert.deepEqual(listed.filter((number) => numbers.includes(number)), numbers)

    // Back as it was for the next way.
    await page.goto(LIST)
    await hand.follow('Välj kolumner')
    await page.getByLabel('E-postadress', { exact: true }).uncheck()
    await hand.press('Spara kolumnerna')
    await page.waitForURL((url) => url.pathname === LIST)
    assert.ok(!(await heads(page)).includes('E-postadress'))
    assert.deepEqual(notes, [])
    await context.close()
  })

  test(`the search of the house leads to an order: ${way}`, async () => {
    const { context, page, notes } = await signedIn('Amina', mode)
    const hand = new Hand(page)
    await page.goto('/handlaggare')
    await hand.fill('Sök i allt du får se', 'beata@example.se')
    await hand.press('Sök')
    await page.getByRole('heading', { level: 1, name: 'Sök' }).waitFor()
    assert.equal(await page.getByLabel('Sök i allt du får se').inputValue(), 'beata@example.se')
    await hand.follow(numbers[0])
    await page.getByRole('heading', { level: 1, name: new RegExp(numbers[0]) }).waitFor()
    assert.deepEqual(notes, [])
    await context.close()
  })
}
