import {
  Alert,
  Button,
  Card,
  CardBody,
  Form,
  FormGroup,
  TextInput,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { ApiError, request } from '../../api/http';
import { sessionQuery } from '../../api/queries';
import { useDocumentTitle } from '../../components/PageHeader';
import { Brand } from '../../shell/Brand';

/** Asks for a token, or for a user and a password. They go into the body of one request only. */
export default function LoginPage() {
  useDocumentTitle('Log in');
  const methods = useQuery(sessionQuery).data?.methods ?? [];
  const [way, setWay] = useState<'token' | 'password'>();
  const shown =
    way ?? (methods.includes('token') || !methods.includes('password') ? 'token' : 'password');
  const [token, setToken] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const from = (useLocation().state as { from?: string } | null)?.from ?? '/';

  async function logIn(event: FormEvent) {
    event.preventDefault();
    try {
      await request('POST', '/login', { body: shown === 'token' ? { token } : { user, password } });
      await queries.invalidateQueries();
      void navigate(from, { replace: true });
    } catch (failure) {
      const refused = failure instanceof ApiError && failure.status === 401;
      setProblem(refused ? 'This is not right. Try again.' : (failure as Error).message);
    }
  }

  return (
    <main className="hp-login">
      <Card>
        <CardBody>
          <h1 className="hp-login-title">
            <Brand />
          </h1>
          <Form onSubmit={(event) => void logIn(event)}>
            {methods.length > 1 && (
              <ToggleGroup aria-label="How to log in">
                <ToggleGroupItem
                  text="Token"
                  isSelected={shown === 'token'}
                  onChange={() => setWay('token')}
                />
                <ToggleGroupItem
                  text="Password"
                  isSelected={shown === 'password'}
                  onChange={() => setWay('password')}
                />
              </ToggleGroup>
            )}
            {problem && <Alert variant="danger" isInline title={problem} />}
            {shown === 'token' ? (
              <FormGroup label="Token" fieldId="login-token">
                <TextInput
                  id="login-token"
                  type="password"
                  autoComplete="current-password"
                  value={token}
                  onChange={(_event, value) => setToken(value)}
                />
              </FormGroup>
            ) : (
              <>
                <FormGroup label="User" fieldId="login-user">
                  <TextInput
                    id="login-user"
                    autoComplete="username"
                    value={user}
                    onChange={(_event, value) => setUser(value)}
                  />
                </FormGroup>
                <FormGroup label="Password" fieldId="login-password">
                  <TextInput
                    id="login-password"
                    type="password"
                    autoComplete="current-password"
                    value={password}
                    onChange={(_event, value) => setPassword(value)}
                  />
                </FormGroup>
              </>
            )}
            <Button type="submit">Log in</Button>
          </Form>
        </CardBody>
      </Card>
    </main>
  );
}
