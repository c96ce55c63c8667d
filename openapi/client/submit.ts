// Submits a dossier with its papers, as a citizen's program would: the types come from the promised document.
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./generated/motcua.js";

type Application = paths["/v1/dossiers"]["post"]["requestBody"]["content"]["application/json"];
type File = components["schemas"]["FileView"];

/** One paper: the component of the procedure it proves, its name for people, and its bytes. */
export interface Paper {
  component: string;
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A refusal of the office, with its stable code and the sentence for the reader. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** An office at `server`, asked with the access token of one person. */
export function office(server: string, token: string) {
  const client = createClient<paths>({ baseUrl: server, headers: { "Accept-Language": "en" } });
  const signed: Middleware = {
    onRequest: ({ request }) => request.headers.set("Authorization", `Bearer ${token}`),
  };
  client.use(signed);

  /** Uploads in one part; a real program keeps the key and sends it again after a lost answer. */
  async function upload(paper: Paper): Promise<string> {
    const begun = await client.POST("/v1/uploads", {
      params: { header: { "Idempotency-Key": crypto.randomUUID() } },
      body: { name: paper.name, size: paper.bytes.byteLength },
    });
    if (begun.error) throw refused(begun.error);
    const sent = await fetch(`${server}/v1/uploads/${begun.data.id}`, {
      method: "PATCH",
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": "0",
      },
      body: paper.bytes,
    });
    if (!sent.ok) throw refused(await sent.json());
    const file: File = await sent.json();
    return file.id;
  }

  /** Uploads the papers and hands the application in; the answer is the dossier with its code. */
  async function submit(application: Omit<Application, "papers">, papers: Paper[]) {
    const files = await Promise.all(papers.map(upload));
    const named = papers.map((paper, n) => ({ component: paper.component, file: files[n] ?? null }));
    const answer = await client.POST("/v1/dossiers", {
      params: { header: { "Idempotency-Key": crypto.randomUUID() } },
      body: { ...application, papers: named },
    });
    if (answer.error) throw refused(answer.error);
    return answer.data;
  }

  return { submit };
}

function refused(problem: components["schemas"]["Problem"]): Refused {
  return new Refused(problem.code, problem.detail);
}
