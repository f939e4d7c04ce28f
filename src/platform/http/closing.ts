import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Makes `app.close()` end when its work is done: connections without a running request are closed at once, the others
 * with their answer, and after `boundMs` those that still run. By itself a connection that was being answered when the
 * server closed would be kept for its next request, until it had been silent for the whole keep-alive time.
 */
export function closeInOrder(app: FastifyInstance, boundMs: number): void {
  /** Open connections, with how many requests of each are running. */
  const running = new Map<Socket, number>()
  let isClosing = false

  app.server.on('connection', (socket) => {
    running.set(socket, 0)
    socket.once('close', () => running.delete(socket))
  })
  app.server.prependListener('request', ({ socket }, response) => {
    running.set(socket, (running.get(socket) ?? 0) + 1)
    response.once('close', () => {
      const left = (running.get(socket) ?? 0) - 1
      if (running.has(socket)) running.set(socket, left)
      // Its head was sent before anybody knew that this answer is the last.
      if (isClosing && left <= 0) socket.destroySoon()
    })
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  app.addHook('preClose', async () => {
    isClosing = true
    for (const [socket, requests] of running) if (requests === 0) socket.destroy()
    const bound = setTimeout(() => {
      for (const socket of running.keys()) socket.destroy()
    }, boundMs)
    app.server.once('close', () => clearTimeout(bound))
  })
}
