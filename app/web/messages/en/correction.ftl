# What contributors ask for after publication, for moderators.
correction-unanswered = waits for an answer
correction-lead = Asked for by the contributor of the published case, { $week }.
correction-wish = What is asked
correction-gone = The words were destroyed when words of the case were erased.
correction-answer = Answer
correction-answer-words = Do first what you want to do about the case: revise it, redact or erase words, hide it. Do not write for readers that its contributor asked: that would tell that they are still there. The log tells outcome, alias and quarter, and no case.
correction-outcome = What came of it
correction-text = Your reason, for the contributor
correction-no-text = Say why: the contributor reads it.
correction-answer-button = Answer
correction-answered = Not sent: this has been answered already.
correction-not-the-same = This is not the request that you read: its contributor has asked anew since, or its words were destroyed. Nothing was answered. Open it again from the queue and read what is asked now.
correction-done = Answered. The contributor reads it when they come back.
