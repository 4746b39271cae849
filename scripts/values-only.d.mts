import type { Plugin } from 'vite';

export function valuesOnly(options: { server: string[] }): Plugin;
