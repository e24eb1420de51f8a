import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Code } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { Alarms } from "../constructs/alarms.ts";
import { Api, type PublishedRoute } from "../constructs/api.ts";
import { ConsoleEdge } from "../constructs/console-edge.ts";
import { MinuteSchedule } from "../constructs/minute-schedule.ts";
import { Overview } from "../constructs/overview.ts";
import { SecondOpinion } from "../constructs/second-opinion.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { TIMEOUTS } from "../timeouts.ts";
import type { StatefulStack } from "./stateful.ts";

export interface StatelessStackProps extends StackProps {
  readonly state: StatefulStack;
  /** ARN of the web ACL in front of the edge. */
  readonly webAcl: string;
  readonly routes: readonly PublishedRoute[];
  /** The code of the function of a name. */
  readonly code: (name: string) => Code;
}

/** MB for functions that hold weights and score; the others wait for AWS most of their time. */
const SCORING_MEMORY = 1024;

/**
 * What may be thrown away and deployed again at any time: functions, the API, mappings, the schedule, alarms; and the edge
 * with the console's files, which then has another address unless it has one of its own. All of it is one stack: the
 * authoriser knows the console's client, that one the edge's address, and the edge the API.
 */
export class StatelessStack extends Stack {
  private readonly functions = new Map<string, ServiceFunction>();
  private readonly code: (name: string) => Code;

  constructor(scope: Construct, id: string, props: StatelessStackProps) {
    super(scope, id, props);
    this.code = props.code;
    const { tables, queues, topics, contentKey, signIn, mail } = props.state;

    const intake = this.add("intake", "api");
    const score = this.add("score", "api", SCORING_MEMORY);
    for (const fn of [intake, score]) {
      tables.directory.lets(fn, ["GetItem", "UpdateItem"]);
      tables.verdicts.lets(fn, ["GetItem", "PutItem"]);
      queues.posts.filledBy(fn);
      queues.reviews.filledBy(fn);
      contentKey.opensFor(fn);
    }
    queues.audiences.filledBy(intake);
    tables.signals.lets(score, ["BatchGetItem"]);

    tables.verdicts.lets(this.add("get-verdict", "api"), ["Query"]);
    tables.signals.lets(this.add("get-target", "api"), ["GetItem", "Query"]);
    const getAudience = this.add("get-audience", "api");
    tables.verdicts.lets(getAudience, ["Query"]);
    tables.signals.lets(getAudience, ["GetItem", "Query"]);

    const listCases = this.add("list-cases", "api");
    tables.cases.lets(listCases, ["Query"], { index: "lanes" });
    tables.cases.lets(listCases, ["Query", "BatchGetItem"]);

    const getAuthor = this.add("get-author", "api");
    tables.verdicts.lets(getAuthor, ["Query"], { index: "author" });
    tables.verdicts.lets(getAuthor, ["Query", "BatchGetItem"]);
    tables.cases.lets(getAuthor, ["GetItem", "BatchGetItem", "BatchWriteItem"]);
    tables.signals.lets(getAuthor, ["GetItem", "Query"]);
    tables.authors.lets(getAuthor, ["BatchGetItem"]);
    tables.directory.lets(getAuthor, ["GetItem"]);
    contentKey.opensFor(getAuthor);

    const listTargets = this.add("list-targets", "api");
    tables.cases.lets(listTargets, ["Query"], { index: "lanes" });
    tables.cases.lets(listTargets, ["Query", "BatchGetItem"]);
    tables.signals.lets(listTargets, ["GetItem", "Query"]);
    tables.verdicts.lets(listTargets, ["Query"]);
    tables.directory.lets(listTargets, ["GetItem"]);

    const getCase = this.add("get-case", "api");
    tables.cases.lets(getCase, ["GetItem", "Query", "BatchWriteItem"]);
    tables.verdicts.lets(getCase, ["Query"]);
    tables.content.lets(getCase, ["GetItem"]);
    tables.directory.lets(getCase, ["GetItem"]);
    tables.authors.lets(getCase, ["GetItem"]);
    contentKey.opensFor(getCase);

    const decide = this.add("decide", "api");
    tables.cases.lets(decide, ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "BatchWriteItem"]);
    tables.directory.lets(decide, ["GetItem"]);
    topics.decisions.publishedBy(decide);
    contentKey.opensFor(decide);

    const claimCase = this.add("claim-case", "api");
    tables.cases.lets(claimCase, ["Query"], { index: "lanes" });
    tables.cases.lets(claimCase, ["GetItem", "Query", "PutItem", "UpdateItem", "BatchWriteItem"]);
    tables.directory.lets(claimCase, ["GetItem"]);

    const noteCase = this.add("note-case", "api");
    tables.cases.lets(noteCase, ["GetItem", "PutItem", "BatchWriteItem"]);
    tables.directory.lets(noteCase, ["GetItem"]);
    contentKey.opensFor(noteCase);

    const listQueues = this.add("list-queues", "api");
    tables.cases.lets(listQueues, ["Query"], { index: "lanes" });
    tables.cases.lets(listQueues, ["Query"]);
    tables.directory.lets(listQueues, ["GetItem", "Query"]);

    const setQueues = this.add("set-queues", "api");
    tables.directory.lets(setQueues, ["GetItem", "PutItem"]);
    tables.cases.lets(setQueues, ["BatchWriteItem"]);

    tables.directory.lets(this.add("me", "api"), ["GetItem"]);
    const members = this.add("members", "api");
    tables.directory.lets(members, ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"]);
    tables.cases.lets(members, ["BatchWriteItem"]);
    // Subscriptions of somebody who may hear less from now on.
    tables.deliveries.lets(members, ["PutItem"]);
    const keys = this.add("keys", "api");
    tables.directory.lets(keys, ["Query", "PutItem", "UpdateItem"]);
    tables.cases.lets(keys, ["BatchWriteItem"]);
    tables.deliveries.lets(keys, ["PutItem"]);

    tables.cases.lets(this.add("list-audit", "api"), ["Query", "BatchWriteItem"]);

    const eraseAuthor = this.add("erase-author", "api");
    tables.verdicts.lets(eraseAuthor, ["Query"], { index: "author" });
    tables.verdicts.lets(eraseAuthor, ["BatchGetItem", "Query", "DeleteItem"]);
    tables.content.lets(eraseAuthor, ["GetItem", "PutItem", "DeleteItem"]);
    tables.cases.lets(eraseAuthor, ["GetItem", "Query", "UpdateItem", "DeleteItem", "BatchWriteItem"]);
    tables.signals.lets(eraseAuthor, ["GetItem", "Query", "DeleteItem"]);
    tables.authors.lets(eraseAuthor, ["GetItem", "PutItem", "DeleteItem"]);
    tables.directory.lets(eraseAuthor, ["GetItem"]);
    contentKey.opensFor(eraseAuthor);

    tables.directory.lets(this.add("health", "api"), ["GetItem"]);

    tables.directory.lets(this.add("policies", "api"), ["GetItem", "Query"]);
    tables.directory.lets(this.add("edit-policies", "api"), ["GetItem", "Query", "PutItem"]);

    const shadows = this.add("shadows", "api");
    tables.directory.lets(shadows, ["GetItem", "Query"]);
    tables.verdicts.lets(shadows, ["BatchGetItem", "Query"]);
    tables.signals.lets(shadows, ["Query"]);
    const quarantines = this.add("quarantines", "api");
    tables.signals.lets(quarantines, ["GetItem", "PutItem"]);
    topics.events.publishedBy(quarantines);

    const backtests = this.add("backtests", "api");
    const undos = this.add("undos", "api");
    for (const fn of [backtests, undos]) {
      tables.cases.lets(fn, ["GetItem", "Query", "PutItem", "UpdateItem"]);
      tables.directory.lets(fn, ["GetItem"]);
      queues.jobs.filledBy(fn);
    }
    tables.directory.lets(backtests, ["Query"]);

    const authorise = this.add("authorise", "api");
    tables.directory.lets(authorise, ["GetItem"]);

    const scorePost = this.add("score-post", "queue", SCORING_MEMORY);
    tables.verdicts.lets(scorePost, ["GetItem", "PutItem"]);
    tables.content.lets(scorePost, ["PutItem"]);
    tables.directory.lets(scorePost, ["GetItem"]);
    tables.authors.lets(scorePost, ["BatchGetItem", "GetItem", "PutItem"]);
    topics.verdicts.publishedBy(scorePost);
    contentKey.opensFor(scorePost);
    // Counts of the flow, what is usual of it, and what the breaker holds.
    tables.signals.lets(scorePost, ["GetItem", "Query", "PutItem", "UpdateItem"]);
    topics.events.publishedBy(scorePost);
    queues.posts.drainedBy(scorePost, { batch: 10, concurrency: 10 });

    const secondOpinion = new SecondOpinion(this);
    const asking = secondOpinion.isOn ? [score, scorePost] : [];
    for (const fn of asking) secondOpinion.askedBy(fn);

    const scoreReview = this.add("score-review", "queue", SCORING_MEMORY);
    tables.verdicts.lets(scoreReview, ["GetItem", "Query", "PutItem", "UpdateItem"]);
    tables.content.lets(scoreReview, ["PutItem"]);
    tables.directory.lets(scoreReview, ["GetItem"]);
    tables.authors.lets(scoreReview, ["BatchGetItem", "GetItem", "PutItem"]);
    const reads = ["BatchGetItem", "GetItem", "Query"] as const;
    tables.signals.lets(scoreReview, [...reads, "PutItem", "UpdateItem", "BatchWriteItem"]);
    topics.verdicts.publishedBy(scoreReview);
    topics.events.publishedBy(scoreReview);
    contentKey.opensFor(scoreReview);
    queues.reviews.drainedBy(scoreReview, { batch: 10, concurrency: 10 });

    const scoreAudience = this.add("score-audience", "queue", SCORING_MEMORY);
    tables.verdicts.lets(scoreAudience, ["PutItem", "Query"]);
    tables.directory.lets(scoreAudience, ["GetItem"]);
    tables.authors.lets(scoreAudience, ["BatchGetItem"]);
    tables.signals.lets(scoreAudience, ["GetItem", "Query", "PutItem"]);
    tables.signals.lets(scoreAudience, ["Query", "UpdateItem"]);
    topics.verdicts.publishedBy(scoreAudience);
    topics.events.publishedBy(scoreAudience);
    queues.audiences.drainedBy(scoreAudience, { batch: 10, concurrency: 10 });

    const openCase = this.add("open-case", "queue");
    tables.cases.lets(openCase, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"]);
    tables.directory.lets(openCase, ["GetItem"]);
    tables.authors.lets(openCase, ["BatchGetItem"]);
    topics.events.publishedBy(openCase);
    queues.review.drainedBy(openCase, { batch: 10, concurrency: 10 });

    const runJob = this.add("run-job", "job", SCORING_MEMORY);
    tables.verdicts.lets(runJob, ["BatchGetItem", "Query", "UpdateItem"]);
    tables.cases.lets(runJob, ["BatchGetItem", "GetItem", "Query", "PutItem", "UpdateItem"]);
    // An undo's members leave their clusters, and what it did to cases stands in the log.
    tables.cases.lets(runJob, ["DeleteItem", "BatchWriteItem"]);
    tables.directory.lets(runJob, ["GetItem"]);
    topics.decisions.publishedBy(runJob);
    queues.jobs.filledBy(runJob);
    queues.jobs.drainedBy(runJob, { batch: 1, concurrency: 4 });

    const sweep = this.add("sweep", "sweep");
    tables.cases.lets(sweep, ["Query"], { index: "owes" });
    tables.cases.lets(sweep, ["GetItem", "Query", "PutItem", "UpdateItem", "BatchWriteItem"]);
    topics.decisions.publishedBy(sweep);
    new MinuteSchedule(this, "SweepSchedule", { starts: sweep });

    const matchAlerts = this.add("match-alerts", "queue", 1_769);
    tables.directory.lets(matchAlerts, ["GetItem", "Query"]);
    tables.cases.lets(matchAlerts, ["GetItem"]);
    tables.deliveries.lets(matchAlerts, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"]);
    queues.deliveries.filledBy(matchAlerts);
    // What is for more subscriptions than one run can tell it sends on.
    queues.alerts.filledBy(matchAlerts);
    contentKey.opensFor(matchAlerts);
    queues.alerts.drainedBy(matchAlerts, { batch: 10, concurrency: 10 });

    tables.directory.lets(this.add("subscriptions", "api"), ["GetItem", "Query"]);
    const editSubscriptions = this.add("edit-subscriptions", "api");
    tables.directory.lets(editSubscriptions, ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"]);
    tables.cases.lets(editSubscriptions, ["BatchWriteItem"]);
    // An address is asked whether it wants to be written to.
    tables.deliveries.lets(editSubscriptions, ["GetItem", "PutItem", "DeleteItem"]);
    queues.deliveries.filledBy(editSubscriptions);
    contentKey.opensFor(editSubscriptions);
    const mailLinks = this.add("mail-links", "api");
    tables.directory.lets(mailLinks, ["GetItem", "UpdateItem"]);
    tables.cases.lets(mailLinks, ["BatchWriteItem"]);
    tables.deliveries.lets(mailLinks, ["PutItem"]);
    contentKey.opensFor(mailLinks);
    const alerts = this.add("alerts", "api");
    tables.deliveries.lets(alerts, ["GetItem", "BatchGetItem", "Query", "UpdateItem", "DeleteItem"]);
    tables.directory.lets(alerts, ["GetItem", "Query"]);
    tables.cases.lets(alerts, ["BatchWriteItem"]);

    const events = this.add("events", "api");
    tables.deliveries.lets(events, ["Query"]);
    tables.directory.lets(events, ["GetItem", "UpdateItem"]);
    tables.cases.lets(events, ["BatchWriteItem"]);

    const deliveries = this.add("deliveries", "api");
    tables.deliveries.lets(deliveries, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"]);
    tables.deliveries.lets(deliveries, ["Query"], { index: "log" });
    tables.directory.lets(deliveries, ["GetItem"]);
    tables.cases.lets(deliveries, ["BatchWriteItem"]);
    const deliver = this.add("deliver", "queue");
    const deliverAgain = this.add("deliver-again", "queue");
    for (const fn of [deliver, deliverAgain]) {
      tables.deliveries.lets(fn, ["GetItem", "PutItem", "UpdateItem"]);
      // A subscription is paused, and others of its owner are told.
      tables.directory.lets(fn, ["GetItem", "Query", "UpdateItem"]);
      mail?.sentBy(fn);
    }
    // They wait for receivers: the more of them, the fewer wait for one that does not answer.
    queues.deliveries.drainedBy(deliver, { batch: 10, concurrency: 20 });
    queues.retries.drainedBy(deliverAgain, { batch: 10, concurrency: 20 });

    const sweepAlerts = this.add("sweep-alerts", "sweep", 1_024);
    tables.deliveries.lets(sweepAlerts, ["Query"], { index: "due" });
    tables.deliveries.lets(sweepAlerts, ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"]);
    tables.directory.lets(sweepAlerts, ["GetItem"]);
    for (const fn of [deliveries, deliver, deliverAgain, sweepAlerts]) {
      queues.deliveries.filledBy(fn);
      queues.retries.filledBy(fn);
      contentKey.opensFor(fn);
    }
    new MinuteSchedule(this, "SweepAlertsSchedule", { starts: sweepAlerts });

    const api = new Api(this, "Api", { routes: props.routes, functions: this.functions, authoriser: authorise });
    const edge = new ConsoleEdge(this, "Edge", {
      api: api.host,
      webAcl: props.webAcl,
      connect: signIn.connect,
    });
    edge.secret.demandedBy(authorise);
    // What is sent to people leads back there.
    for (const fn of [deliver, deliverAgain]) fn.tell("CONSOLE_ORIGIN", edge.origin);
    // CloudFront has to show a secret everywhere before the authoriser forgets the one before.
    authorise.lambda.node.addDependency(edge.distribution);
    const client = signIn.addConsole(this, edge.origin);
    client.trustedBy(authorise);
    const outputs = {
      ApiUrl: api.url,
      ...(api.target !== undefined && { ApiTarget: api.target }),
      Domain: edge.domain,
      DomainTarget: edge.distribution.distributionDomainName,
      ConsoleBucket: edge.bucket.bucketName,
      SignInClientId: client.id,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });

    new Overview(this, "Overview", {
      queues: Object.values(queues),
      functions: [...this.functions.values()],
      api,
      asking,
    });
    const alarms = new Alarms(this, "Alarms");
    for (const queue of Object.values(queues)) alarms.watchQueue(queue);
    for (const fn of this.functions.values()) alarms.watchFunction(fn);
    alarms.watchSchedule(sweep);
    alarms.watchSchedule(sweepAlerts);
    alarms.watchApi(api);
    alarms.watchFlow([scorePost, scoreReview, scoreAudience]);
    alarms.watchPolicies([score, scorePost, scoreReview, scoreAudience]);
    if (asking.length > 0) alarms.watchSecondOpinion(asking);
  }

  private add(name: string, calledBy: keyof typeof TIMEOUTS, memory?: number): ServiceFunction {
    const fn = new ServiceFunction(this, name, {
      name,
      code: this.code(name),
      timeout: TIMEOUTS[calledBy],
      ...(memory !== undefined && { memory }),
    });
    this.functions.set(name, fn);
    return fn;
  }
}
