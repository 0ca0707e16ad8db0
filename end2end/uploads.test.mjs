// An editor gives a publication its file and its cover, and reads in others, with script off and on: the browser's own field for
// files, a refusal that loses nothing that was typed, and what readers then see.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { launch, openWindow } from './support/browser.mjs'
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

/** The smallest PDF that is whole. */
function pdf(word) {
  const body = `%PDF-1.4\n1 0 obj<</Word (${word})>>endobj\n`
  return Buffer.from(`${body}xref\n0 1\ntrailer<<>>\nstartxref\n${body.length}\n%%EOF\n`)
}

/** A plain PNG of this size. */
function png(width, height) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const dots = Buffer.alloc((width * 3 + 1) * height, 0x55)
  for (let row = 0; row < height; row++) dots[row * (width * 3 + 1)] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(dots)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

const choose = (page, name, mimeType, buffer) => page.setInputFiles('input[type=file]', { name, mimeType, buffer })

async function enter(page) {
  await page.goto('/logga-in')
  await page.getByLabel(/Rut Redaktör/).check()
  await page.locator('form:has(input[name=konto]) button').click()
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
    await page.getByText('Filen är uppladdad.').waitFor()

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
    await page.getByText('Omslaget är sparat.').waitFor()

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
