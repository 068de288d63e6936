/** Requests to the REST API of the server that served this page. */

export type FieldErrors = { path: string; errors: string[] };

type ErrorBody = {
  message?: string;
  code?: string;
  details?: FieldErrors[];
  deployments?: { id: string }[];
};

/** A request that was refused, with what the server said about it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: FieldErrors[];
  readonly deployments: string[];

  constructor(status: number, body: ErrorBody) {
    super(body.message ?? `The server answered with status ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? '';
    this.details = body.details ?? [];
    this.deployments = (body.deployments ?? []).map((deployment) => deployment.id);
  }
}

/** The server could not be reached at all. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server does not answer.', { cause });
    this.name = 'UnreachableError';
  }
}

export type Query = Record<string, string | number | boolean | undefined>;

export type RequestOptions = {
  query?: Query;
  body?: unknown;
  /** The version of the app that the change is made for. */
  ifMatch?: string;
  signal?: AbortSignal;
};

/** Told when a request finds that nobody is logged in (any more). */
let onLoginNeeded: () => void = () => undefined;

export function whenLoginNeeded(listener: () => void): void {
  onLoginNeeded = listener;
}

export function url(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The path of an app below `/v2/apps`: `/sesame/samson` keeps its slashes. */
export function appPath(id: string): string {
  return `/v2/apps${id.split('/').map(encodeURIComponent).join('/')}`;
}

export async function send(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`;
  let response: Response;
  try {
    response = await fetch(url(path, options.query), {
      method,
      headers,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    throw new UnreachableError(failure);
  }
  if (response.status === 401) onLoginNeeded();
  if (!response.ok) throw new ApiError(response.status, await errorBody(response));
  return response;
}

async function errorBody(response: Response): Promise<ErrorBody> {
  try {
    return (await response.json()) as ErrorBody;
  } catch {
    return {};
  }
}

export async function request<T>(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const response = await send(method, path, options);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export function get<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return request<T>('GET', path, options);
}
