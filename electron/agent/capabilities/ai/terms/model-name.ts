/** Ollama's clients leave the usual tag out: `llama3.2` is its `llama3.2:latest`. Whether an engine's model is the one that is asked for. */
export const isSameModel = (engineName: string, asked: string): boolean => engineName === asked || engineName === `${asked}:latest`
