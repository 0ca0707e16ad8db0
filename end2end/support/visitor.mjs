// Somebody who speaks HTTP without a browser: keeps cookies, follows no redirect by itself. For loads, and for bringing
// a portal into the state that a page is to be looked at in.

export class Visitor {
  cookies = new Map()

  constructor(base, lang = 'sv') {
    this.base = base
    this.prefix = lang === 'en' ? '/en' : ''
  }

  /** The address that a proxy says this visitor has. */
  from
  /** Called before each request. */
  onRequest

  async request(path, options = {}) {
    this.onRequest?.()
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, this.base), {
      redirect: 'manual',
      ...options,
      headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }), ...(this.from && { 'x-forwarded-for': this.from }) },
    })
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split('=')
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    }
    return { status: response.status, headers: response.headers, location: response.headers.get('location'), html: await response.text() }
  }

  get(path) {
    return this.request(path)
  }

  post(path, fields) {
    return this.request(path, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** Sends a form that must lead on. */
  async send(path, fields) {
    const answer = await this.post(this.prefix + path, fields)
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}: ${answer.html}`)
    return answer
  }

  /** Asks for a mail that lets someone in, as if from a network of their own; gives its link and code. */
  async ask(email) {
    this.from ??= `10.${octet()}.${octet()}.${octet()}`
    await this.send('/logga-in', { epost: email })
    const html = await this.mailTo(email)
    const [link] = html.match(/(?:\/en)?\/logga-in\/lank\/[\w-]+/)
    const [, first, last] = html.match(/(\d{3})(?:\u00a0|&nbsp;| )(\d{3})/)
    return { link, code: first + last }
  }

  /** The page of the latest mail to an address. */
  async mailTo(email) {
    const { html: list } = await this.get(`${this.prefix}/demo/post`)
    for (const [, path] of list.matchAll(/href="([^"]*\/demo\/post\/[\w-]+)"/g)) {
      const { html } = await this.get(path)
      if (html.includes(email)) return html
    }
    throw new Error(`no mail to ${email}`)
  }

  /** Signs in by a mail's code; a new account unless the address has one. */
  async enter(email = `person.${octet()}.${octet()}.${octet()}@example.se`) {
    const { code } = await this.ask(email)
    await this.send('/logga-in/e-post', { kod: code })
    return { email }
  }

  /** Signs in as a made-up member of staff whose name begins so. */
  async enterAs(name) {
    const { html } = await this.get('/logga-in')
    const [, id] = html.match(new RegExp(`<label[^>]*for="([^"]+)"[^>]*>\\s*${name}`)) ?? []
    const account = html.match(new RegExp(`<input[^>]*id="${id}"[^>]*>`))?.[0].match(/value="([^"]+)"/)[1]
    const { status } = await this.post('/logga-in/demo', { konto: account })
    if (status !== 303) throw new Error(`${name} did not get in: ${status}`)
  }

  /** Puts copies of a publication in the basket; throws `SoldOut` when it is not offered. */
  async put(publication, copies = 1) {
    const page = await this.get(this.prefix + publication)
    if (!page.html.includes('name="utgava"')) throw new SoldOut(publication)
    return this.send('/kundkorg', { utgava: field(page.html, 'utgava'), antal: String(copies) })
  }

  /** Answers the checkout up to and with `last`: delivery, payment, invoice. */
  async answer(last = 'invoice', { organisation = false, email = 'asa.oberg@example.se' } = {}) {
    await this.send('/kassa/leverans', { ...DELIVERY, epost: email })
    if (last === 'delivery') return
    await this.send('/kassa/betalning', { betalare: organisation ? 'organisation' : 'privat' })
    if (last === 'payment') return
    await this.send('/kassa/faktura', { ...(organisation && ORGANISATION), faktura: organisation ? 'peppol' : 'epost' })
  }

  /** What the review sends when its button is pressed. */
  async review() {
    const { status, html } = await this.get(`${this.prefix}/kassa/granska`)
    if (status !== 200) throw new Error(`the review answered ${status}`)
    return { visat: field(html, 'visat'), kontroll: field(html, 'kontroll'), villkor: 'ja' }
  }

  /** Orders what lies in the basket and gives the receipt's address and the order's secret link. */
  async order(options) {
    await this.answer('invoice', options)
    const { location } = await this.send('/kassa/granska', await this.review())
    const receipt = await this.get(location)
    const link = receipt.html.match(/\/bestallning\/[\w-]+/)
    if (!link) throw new Error(`the receipt has no link: ${receipt.status}`)
    return { receipt: location, link: this.prefix + link[0] }
  }
}

const octet = () => Math.floor(Math.random() * 256)

/** A made-up organisation number that passes its check. */
export function orgnr(number) {
  const body = `8025${String(number).padStart(5, '0')}`
  const sum = [...body].reverse().reduce((all, digit, place) => all + (place % 2 ? +digit : [...String(2 * digit)].reduce((a, b) => a + +b, 0)), 0)
  return `${body.slice(0, 6)}-${body.slice(6)}${(10 - (sum % 10)) % 10}`
}

let founded = 0

/** Founds an organisation; its path and its number. */
export async function found(visitor, name = 'Exempelby kommun', changes = {}) {
  const number = orgnr(++founded)
  const { location } = await visitor.send(`/organisation/ny/uppgifter?organisationsnummer=${number}`, { ...FACTS, namn: name, ...changes })
  return { path: location.split('?')[0].replace(/^\/en/, ''), number }
}

/** The publication's page offers no copy. */
export class SoldOut extends Error {}

/** The value of a hidden field. */
export function field(html, name) {
  const tag = html.match(new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`))?.[0]
  const value = tag?.match(/\bvalue="([^"]*)"/)?.[1]
  if (value === undefined) throw new Error(`the page has no field ${name}`)
  return value
}

export const UMEA = '/publikationer/2021/umea-vaxer-tryggt-och-sakert'
/** One of which there are copies for every test. */
export const MANY = '/publikationer/2020/samverkan-i-lokalt-brottsforebyggande-arbete'
/** One of which there are three copies, and no more when they are gone. */
export const FEW = '/publikationer/2005/otillaten-paverkan-riktad-mot-myndighetspersoner'
/** One of which there is no copy, and which can be ordered all the same. */
export const BACKORDER = '/publikationer/2015/det-dodliga-valdet-i-sverige-1990-2014'
/** One of which there is no copy. */
export const OUT = '/publikationer/2005/narkotikabrottslighetens-organisationsmonster'

export const DELIVERY = {
  namn: 'Åsa Öberg',
  epost: 'asa.oberg@example.se',
  telefon: '',
  mottagare: '',
  co: '',
  gata: 'Storgatan 1',
  postnummer: '903 25',
  ort: 'Umeå',
  land: 'SE',
}

// The number is the municipality's own, from public registers.
export const ORGANISATION = {
  organisation: 'Umeå kommun',
  organisationsnummer: '212000-2627',
  referens: 'ZZ1234',
  kostnadsstalle: '5501',
  peppol: '0007:2120002627',
}

export const FACTS = {
  slag: 'municipality',
  kommun: '2480',
  epost: 'registrator@exempelby.example',
  gata: 'Torget 1',
  postnummer: '903 25',
  ort: 'Umeå',
  bankgiro: '5050-1055',
}

/** The first year of the budget under the open call of the demonstration: the one after it closes, 45 days from now. */
const YEAR = new Date(Date.now() + 45 * 86_400_000).getFullYear() + 1

/** An answer to every question of the standard form, topic by topic. */
const ANSWERS = {
  organisation: { verksamhet: 'Kommunen förebygger brott tillsammans med polisen.', arbetsplats: '2480' },
  kontaktperson: {
    'kontakt.namn': 'Åsa Öberg',
    'kontakt.befattning': 'Trygghetssamordnare',
    'kontakt.epost': 'asa@exempelby.example',
    'foretradare.namn': 'Signe Sjö',
    'foretradare.befattning': 'Kommundirektör',
    'foretradare.epost': 'signe@exempelby.example',
  },
  projekt: {
    titel: 'Trygg på väg hem',
    sammanfattning: 'Belysning och vuxna längs vägen hem från skolan.',
    'period.fran': '2027-03-01',
    'period.till': '2028-02-29',
  },
  problem: { problem: 'Unga rånas på väg hem.\n\nDet sker på hösten.', lagesbild: 'Polisens och skolans bild: 14 rån på ett år.' },
  mal: {
    syfte: 'Färre rån.',
    'mal.1.mal': 'Halvera antalet rån',
    'mal.1.matt': 'Anmälda rån',
    'mal.1.nar': '2027-12-31',
    malgrupp: 'Unga i årskurs 7–9.',
    metod: 'Vuxenvandring och belysning.',
    barn: 'Elevråden är med och väljer platser.',
  },
  utvardering: { upplagg: 'Före och efter, med en jämförelseort.', akademisk: 'nej', etik: 'nej' },
  tidplan: { 'aktiviteter.1.vad': 'Platsvandring', 'aktiviteter.1.fran': '2027-03-01', 'aktiviteter.1.till': '2027-04-30' },
  samverkan: { 'parter.1.vem': 'Polisen', 'parter.1.roll': 'Lägesbild och närvaro' },
  'annat-stod': { 'har-annat': 'nej', 'har-fatt': 'nej' },
  budget: {
    'kostnader.arbete.1.funktion': 'Projektledare',
    'kostnader.arbete.1.lon': '40 000',
    [`kostnader.arbete.1.andel.${YEAR}`]: '50',
    [`kostnader.arbete.1.manader.${YEAR}`]: '10',
    'kostnader.lonekostnadspaslag': '40',
    'kostnader.overhead': '10',
    'kostnader.ovrigt.1.vad': 'Västar',
    [`kostnader.ovrigt.1.belopp.${YEAR}`]: '12 500',
  },
  forsakran: { ekonomisk: 'nej', kontroll: 'ja', sanning: 'ja' },
}

const PDF = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n'

/** Begins an application under a call for an organisation that the visitor founded; its path. */
export async function begun(visitor, call, organisation) {
  const { location } = await visitor.send('/ansokan/ny', { utlysning: call, organisation: organisation.split('/').at(-1) })
  return location.split('?')[0].replace(/^\/en/, '')
}

/** Answers everything in an application that was just begun, but for some topics, and attaches what must be there. */
export async function answered(visitor, application, but = []) {
  for (const [topic, answers] of Object.entries(ANSWERS).filter(([topic]) => !but.includes(topic))) {
    const seen = Object.keys(answers).map((name) => [`sett.${name.split('.')[0]}`, '0'])
    await visitor.send(`${application}/del/${topic}`, { ...Object.fromEntries(seen), ...answers })
  }
  for (const question of ['behorighet', 'bilaga-1']) await attached(visitor, `${application}/filer/${question}`, 'Lägesbild Åby.pdf')
}

/** Attaches a small PDF. */
export async function attached(visitor, path, name) {
  const body = new FormData()
  body.set('fil', new Blob([PDF], { type: 'application/pdf' }), name)
  const { status, html } = await visitor.request(visitor.prefix + path, { method: 'POST', body })
  if (status !== 303) throw new Error(`${path} answered ${status}: ${html}`)
}

/** Signs as who signs, and sends in. */
export async function received(visitor, application) {
  for (const [step, more] of [['underskrift', { bekrafta: 'ja' }], ['skicka-in', {}]]) {
    const { html } = await visitor.get(`${visitor.prefix}${application}/${step}`)
    await visitor.send(`${application}/${step}`, { sett: field(html, 'sett'), ...more })
  }
}
