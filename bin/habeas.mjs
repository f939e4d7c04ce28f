#!/usr/bin/env node
// The habeas command.
import { fileURLToPath } from 'node:url'
import { runOnNode26 } from './node26.mjs'

runOnNode26([fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)), ...process.argv.slice(2)])
