import {
  Alert,
  Button,
  Card,
  CardBody,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { ApiError, request } from '../../api/http';
import { sessionQuery } from '../../api/queries';
import type { Session } from '../../api/types';
import { useDocumentTitle } from '../../components/PageHeader';
import { Brand } from '../../shell/Brand';

/** Where a login leads to, and whether it is asked for because a session is over. */
export type LoginState = { from: string; hasEnded: boolean };

type Way = Session['methods'][number];

/** Asks for a token, or for a user and a password. They go into the body of one request only. */
export default function LoginPage() {
  useDocumentTitle('Log in');
  const session = useQuery(sessionQuery).data;
  const state = useLocation().state as LoginState | null;
  const [chosen, setWay] = useState<Way>();
  if (session?.loginRequired === false) return <Navigate to={state?.from ?? '/'} replace />;
  const methods = session?.methods ?? [];
  const way = chosen ?? (methods.includes('password') ? 'password' : 'token');
  return (
    <main className="hp-login">
      <Card>
        <CardBody>
          <h1 className="hp-login-title">
            <Brand />
          </h1>
          {methods.length > 1 && (
            <ToggleGroup aria-label="How to log in" className="hp-login-ways">
              {methods.toSorted().map((one) => (
                <ToggleGroupItem
                  key={one}
                  text={one === 'token' ? 'Token' : 'Password'}
                  isSelected={way === one}
                  onChange={() => setWay(one)}
                />
              ))}
            </ToggleGroup>
          )}
          <LoginForm key={way} way={way} hasEnded={state?.hasEnded === true} />
        </CardBody>
      </Card>
    </main>
  );
}

function LoginForm({ way, hasEnded }: { way: Way; hasEnded: boolean }) {
  const [token, setToken] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [isSent, setSent] = useState(false);
  const queries = useQueryClient();

  async function logIn(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    setProblem('');
    try {
      const body = way === 'token' ? { token } : { user, password };
      queries.setQueryData(
        sessionQuery.queryKey,
        await request<Session>('POST', '/login', { body }),
      );
    } catch (failure) {
      const refused = failure instanceof ApiError && failure.status === 401;
      setProblem(refused ? REFUSED[way] : (failure as Error).message);
      setSent(false);
    }
  }

  return (
    <Form onSubmit={(event) => void logIn(event)}>
      {problem ? (
        <Alert variant="danger" isInline isLiveRegion title={problem} />
      ) : (
        hasEnded && <Alert variant="info" isInline title="Your session is over. Log in again." />
      )}
      {way === 'token' ? (
        <FormGroup label="Token" fieldId="login-token" isRequired>
          <Secret id="login-token" value={token} onChange={setToken} isFirst />
          <FormHelperText>
            <HelperText>
              <HelperTextItem>
                The file <code>token</code> in the server’s data directory has it.
              </HelperTextItem>
            </HelperText>
          </FormHelperText>
        </FormGroup>
      ) : (
        <>
          <FormGroup label="User" fieldId="login-user" isRequired>
            <TextInput
              id="login-user"
              autoComplete="username"
              autoFocus
              isRequired
              value={user}
              onChange={(_event, value) => setUser(value)}
            />
          </FormGroup>
          <FormGroup label="Password" fieldId="login-password" isRequired>
            <Secret id="login-password" value={password} onChange={setPassword} />
          </FormGroup>
        </>
      )}
      <Button type="submit" isBlock isDisabled={isSent}>
        Log in
      </Button>
    </Form>
  );
}

const REFUSED: Record<Way, string> = {
  token: 'The server does not know this token.',
  password: 'User or password is wrong.',
};

function Secret(props: {
  id: string;
  value: string;
  onChange: (value: string) => void;
  isFirst?: boolean;
}) {
  return (
    <TextInput
      id={props.id}
      type="password"
      autoComplete="current-password"
      autoFocus={props.isFirst === true}
      isRequired
      value={props.value}
      onChange={(_event, value) => props.onChange(value)}
    />
  );
}
