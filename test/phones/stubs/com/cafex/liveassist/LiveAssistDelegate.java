package com.cafex.liveassist;

public interface LiveAssistDelegate {
    void authoriseChatWithCallback(LiveAssistAuth auth);
}
