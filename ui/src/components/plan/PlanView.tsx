import { Alert, Content } from '@patternfly/react-core';
import type { PlanAnswer } from '../../api/types';
import { changesNothing, planLines, planSummary } from '../../logic/planText';

const MOST_ITEMS = 12;

/** What a change will do, as the server planned it. */
export function PlanView({ answer }: { answer: PlanAnswer }) {
  const { plan, warnings } = answer;
  return (
    <section aria-label="Plan" className="hp-plan">
      {warnings.map((warning) => (
        <Alert key={warning} variant="warning" isInline isPlain title={warning} />
      ))}
      {plan.apps.map((app) => (
        <div key={app.id}>
          <Content component="p" className="hp-plan-summary">
            {planSummary(app)}
          </Content>
          <ul className="hp-plan-lines">
            {planLines(app).map((line) => (
              <li key={line.text} className={`hp-plan-line hp-plan-${line.tone}`}>
                <span className="hp-plan-text">{line.text}</span>
                <ul className="hp-plan-items">
                  {line.items.slice(0, MOST_ITEMS).map((item) => (
                    <li key={item}>{item}</li>
                  ))}
                  {line.items.length > MOST_ITEMS && (
                    <li>and {line.items.length - MOST_ITEMS} more</li>
                  )}
                </ul>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {changesNothing(plan) && (
        <Content component="small">No instance and no volume is touched by this.</Content>
      )}
    </section>
  );
}
