import type { Post } from "../domain/item.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Scorer } from "../scoring/score.ts";
import type { PostInput } from "../scoring/text/score-post.ts";
import { type Question, textInputOf, verdictOf } from "./verdict-of.ts";

/** A post with its identity and the times that its verdict states. */
export interface PostToJudge extends Question {
  readonly post: Post;
}

export type PostJudge = (question: PostToJudge) => Verdict;

/** The scoring core: one post in, its verdict out. Pure; the queue step and `POST /v1/score` run the same. */
export const postJudge =
  (scorer: Scorer<PostInput>): PostJudge =>
  ({ post, ...question }) =>
    verdictOf(question, post, scorer(textInputOf(post, post.text)));
