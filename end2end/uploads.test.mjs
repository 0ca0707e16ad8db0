// An editor gives a publication its file and its cover, and reads in others, with script off and on: the browser's own field for
// files, a refusal that loses nothing that was typed, and what readers then see.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, openWindow } from './support/browser.mjs'
import { pdf, png } from './support/made.mjs'
import { startPortal } from './support/portal.mjs'

let portal
let browser
let work

before(async () => {
  portal = await startPortal()
  browser = await launch()
  ;[work] = await portal.rows('SELECT w.id AS id, w.path AS path FROM works w JOIN editions e ON e.work_id = w.id WHERE e.file_hash IS NOT NULL')
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

const choose = (page, name, mimeType, buffer) => page.setInputFiles('input[type=file]', { name, mimeType, buffer })

async function enter(page, name = /Rut Redaktör/) {
  await page.goto('/logga-in')
  await page.getByLabel(name).check()
  // The first such form is the staff's.
  await page.locator('form:has(input[name=konto]) button').first().click()
}

for (const mode of ['script off', 'script on']) {
  test(`Rut uploads a file, a cover and a list: ${mode}`, async () => {
    const { context, page, notes } = await openWindow(browser, portal.base, mode)
    await enter(page)

    const below = `/handlaggare/publikationer/${work.id}`
    await page.goto(`${below}/filer`)
    await choose(page, 'bild.pdf', 'application/pdf', png(10, 10))
    await page.getByRole('button', { name: /Ersätt filen|Ladda upp/ }).click()
    await page.locator('.govuk-error-summary').getByText('Filen måste vara en PDF eller en EPUB').waitFor()
    await choose(page, 'ny.pdf', 'application/pdf', pdf(mode))
    await page.getByRole('button', { name: /Ersätt filen|Ladda upp/ }).click()
    await page.getByText('Filen är sparad i utkastet.').waitFor()

    await page.goto(`${below}/omslag`)
    await choose(page, 'omslag.png', 'image/png', png(400, 566))
    await page.getByLabel('Beskrivning på svenska').fill('Ett torg i kvällsljus')
    await page.getByLabel('Beskrivning på engelska').fill('')
    await page.getByRole('button', { name: /Ladda upp omslaget|Spara/ }).click()
    await page.locator('.govuk-error-summary').getByText('Beskriv bilden på engelska').waitFor()
    assert.equal(await page.getByLabel('Beskrivning på svenska').inputValue(), 'Ett torg i kvällsljus')
    await choose(page, 'omslag.png', 'image/png', png(400, 566))
    await page.getByLabel('Beskrivning på engelska').fill('A square at dusk')
    await page.getByRole('button', { name: /Ladda upp omslaget|Spara/ }).click()
    await page.getByText('Omslaget är sparat i utkastet.').waitFor()

    // An evaluation: a colleague reads and lets it out.
    await page.goto(below)
    await page.getByRole('button', { name: 'Skicka till granskning' }).click()
    const colleague = await openWindow(browser, portal.base, mode)
    await enter(colleague.page, /Rasmus Redaktör/)
    await colleague.page.goto(`${below}/granska`)
    await colleague.page.getByRole('link', { name: /\.pdf/ }).last().waitFor()
    await colleague.page.getByRole('button', { name: 'Godkänn' }).click()
    await colleague.page.getByRole('button', { name: 'Publicera' }).click()
    await colleague.page.getByText('Publikationen är publicerad.').waitFor()
    await colleague.context.close()

    await page.goto(`/publikationer/${work.path}`)
    const picture = page.getByAltText('Ett torg i kvällsljus')
    const box = await picture.boundingBox()
    // As wide as its column at most, and its place is kept in the shape that it has.
    assert.ok(box.width > 200 && box.width <= 320 && Math.abs(box.height - (box.width * 453) / 320) < 2, JSON.stringify(box))
    if (mode === 'script on') assert.ok(await picture.evaluate((image) => image.naturalWidth > 0), 'the picture came')

    await page.goto('/handlaggare/publikationer/import')
    const list = JSON.stringify([{ id: mode, title: `Nytt verk med ${mode}`, year: 2026 }])
    await choose(page, 'verk.json', 'application/json', Buffer.from(list))
    await page.getByRole('button', { name: 'Provläs filen' }).click()
    const until = async (word) => {
      for (let turn = 0; turn < 60 && !(await page.getByText(word).first().isVisible()); turn++) await page.reload()
      await page.getByText(word).first().waitFor()
    }
    await until('Väntar på bekräftelse')
    await page.getByRole('button', { name: 'Läs in' }).click()
    await until('Inläst')
    assert.deepEqual(notes, [])
    await context.close()
  })
}
