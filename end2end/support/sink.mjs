// A mail server (another author's SMTP) that misbehaves by script: one act for each connection, and at the script's end
// it takes everything.
import { SMTPServer } from 'smtp-server'

/** What the server does with a connection. */
export const ACTS = {
  refuse: 'answers the connection with 421',
  greylist: 'answers the recipient with 451',
  stall: 'says nothing at all',
  closeInData: 'hangs up in the middle of the message',
  closeAfterData: 'keeps the message and hangs up before saying so',
  accept: 'takes the message',
}

export class Sink {
  /** Messages that it kept, whether it said so or not. */
  taken = []
  /** Acts that were played. */
  played = []
  #acts = new Map()

  constructor(script) {
    this.script = [...script]
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onConnect: (session, done) => {
        const act = this.script.shift() ?? 'accept'
        this.played.push(act)
        this.#acts.set(session.id, act)
        if (act === 'stall') return
        done(act === 'refuse' ? refusal(421, 'Try again later') : undefined)
      },
      onRcptTo: (_, session, done) => {
        done(this.#acts.get(session.id) === 'greylist' ? refusal(451, 'Greylisted') : undefined)
      },
      onData: (stream, session, done) => this.#receive(stream, session, done),
    })
    // A client that gives up is what the script is for.
    this.server.on('error', () => {})
  }

  async listen() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `smtp://127.0.0.1:${this.server.server.address().port}`
  }

  close() {
    for (const connection of this.server.connections) connection._socket.destroy()
    return new Promise((resolve) => this.server.close(resolve))
  }

  #receive(stream, session, done) {
    const act = this.#acts.get(session.id)
    const hangUp = () => [...this.server.connections].find(({ id }) => id === session.id)?._socket.destroy()
    const chunks = []
    stream.on('data', (chunk) => {
      chunks.push(chunk)
      if (act === 'closeInData') hangUp()
    })
    stream.on('end', () => {
      if (act === 'closeInData') return
      this.taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks) })
      if (act === 'closeAfterData') hangUp()
      else done()
    })
  }
}

function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code })
}
