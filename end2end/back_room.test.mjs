// The back room as the warehouse works in it, with script off, on, and by keyboard alone: copies arrive and fill a back-order,
// the order is packed and sent in parts, a copy comes back, and the sales page shows it all.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, openWindow, words } from './support/browser.mjs'
import { Keyboard, Pointer } from './support/hands.mjs'
import { startPortal } from './support/portal.mjs'
import { BACKORDER, Visitor } from './support/visitor.mjs'

const WAYS = [
  { way: 'script off', mode: 'script off', Hand: Pointer },
  { way: 'script on', mode: 'script on', Hand: Pointer },
  { way: 'keyboard alone', mode: 'script on', Hand: Keyboard },
]

let portal
let browser

before(async () => {
  portal = await startPortal()
  browser = await launch()
  // An order of the demonstration waits for the same title; who came first is served first.
  const lars = new Visitor(portal.base)
  await lars.enterAs('Lars')
  const { html } = await lars.get('/handlaggare/lager?q=d%C3%B6dliga+v%C3%A5ldet')
  const [shelf] = html.match(/\/handlaggare\/lager\/[\da-f-]{36}/)
  await lars.send(shelf, { vad: 'inleverans', inkomna: '3' })
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor()

for (const { way, mode, Hand } of WAYS) {
  test(`what was waited for arrives, goes in parts, comes back in part, and is counted: ${way}`, async () => {
    const buyer = new Visitor(portal.base)
    await buyer.put(BACKORDER, 3)
    const { receipt } = await buyer.order()
    const number = receipt.match(/B\d+/)[0]
    const lars = new Visitor(portal.base)
    await lars.enterAs('Lars')
    const { context, page, notes } = await openWindow(browser, portal.base, mode)
    await context.addCookies([...lars.cookies].map(([name, value]) => ({ name, value, url: portal.base, httpOnly: true, sameSite: 'Lax' })))
    const hand = new Hand(page)
    const label = async (name) => (await page.locator(`label[for=${name}]`).innerText()).trim()
    const order = `/handlaggare/bestallningar/${number}`

    await page.goto(order)
    await heading(page, new RegExp(`${number} Restnoterad`))
    await page.goto('/handlaggare/lager?q=dödliga+våldet')
    const shelf = await page.locator('tbody th a').first().getAttribute('href')
    await page.goto(shelf)
    await hand.fill('Inkomna exemplar', '3')
    await hand.press('Lägg i lager')
    await page.getByText('Exemplaren är lagda i lager.').waitFor()
    await page.locator('tbody a', { hasText: number }).first().waitFor()

    await page.goto(order)
    await hand.follow('Packa')
    await hand.press('Markera som packad')
    await page.getByText('Beställningen är packad.').waitFor()
    await page.goto(`${order}/skicka`)
    await hand.fill(await label('antal-1'), '2')
    await hand.press('Markera som skickat')
    await page.getByText('Paketet är skickat').waitFor()
    await page.goto(`${order}/retur`)
    await hand.fill('Tillbaka i lager', '1')
    await hand.press('Ta emot')
    await page.getByText('Returen är mottagen').waitFor()
    await hand.follow('Skicka')
    await hand.press('Markera som skickat')
    await heading(page, new RegExp(`${number} Skickad`))

    const slip = await context.request.get(`${order}/foljesedel.pdf?paket=1`)
    assert.equal(slip.headers()['content-type'], 'application/pdf')
    await page.goto('/handlaggare/statistik/forsaljning')
    await heading(page, 'Försäljning')
    assert.equal(await page.locator('svg[role=img]').count(), 4)
    await page.locator('summary').first().click()
    assert.match(await words(page.locator('main table').first()), /Summa \d+/)
    assert.deepEqual(notes, [])
    await context.close()
  })
}
